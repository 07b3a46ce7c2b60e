/** Hypergraphs: nodes, hyperedges that join any number of them, and what is known about both. */
package org.ruvector.hypergraph;
