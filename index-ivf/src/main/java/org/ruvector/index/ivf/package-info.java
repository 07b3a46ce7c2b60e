/** Inverted files: vectors in lists by their nearest centroid, and searches that look into the lists nearest to the query. */
package org.ruvector.index.ivf;
