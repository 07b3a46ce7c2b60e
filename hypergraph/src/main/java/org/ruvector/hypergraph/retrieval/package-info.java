/** Finding facts by meaning, and paths that lead from one to the next. */
package org.ruvector.hypergraph.retrieval;
