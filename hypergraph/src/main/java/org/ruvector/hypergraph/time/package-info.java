/** Hypergraphs whose hyperedges hold for a time. */
package org.ruvector.hypergraph.time;
