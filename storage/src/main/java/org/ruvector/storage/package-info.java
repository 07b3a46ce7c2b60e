/**
 * Memory outside the Java heap ({@link org.ruvector.storage.OffHeap}) and the one file format of saved indexes
 * ({@link org.ruvector.storage.IndexFile}).
 */
package org.ruvector.storage;
