/** Exact search by comparing with every vector: what every other index is measured against. */
package org.ruvector.index.flat;
