/** Learned indexes on vectors. */
package org.ruvector.index.learned;
