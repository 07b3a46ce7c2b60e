/**
 * Learned indexes on sorted keys: where a key is, predicted by a model of the keys' distribution. See {@link
 * org.ruvector.index.learned.keys.KeyIndex}.
 */
package org.ruvector.index.learned.keys;
