/** What the shape of a hypergraph tells: components, walks, closures, spectra, centrality. */
package org.ruvector.hypergraph.structure;
