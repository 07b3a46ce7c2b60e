/** Effects of actions, estimated from observations, with their uncertainty. */
package org.ruvector.hypergraph.causal;
