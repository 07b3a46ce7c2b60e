/**
 * Hierarchical navigable small world graphs (HNSW): Malkov and Yashunin, "Efficient and robust approximate nearest neighbor
 * search using Hierarchical Navigable Small World graphs", IEEE TPAMI 42(4), 2020.
 *
 * <p>The classes that walk and grow a graph ({@code LayerSearch}, {@code NeighbourSelection}, {@code Insertion}) see ordinals,
 * scorers and the {@code Graph} seam only; memory, locks, files and threads live in the classes beside them.
 */
package org.ruvector.index.hnsw;
