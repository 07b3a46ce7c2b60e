package org.ruvector.hypergraph.causal;

import java.util.Set;

/**
 * Actions worth taking, as far as is known.
 *
 * @param actions     together, sorted; unmodifiable
 * @param observation number of the most similar observation in which exactly these were taken
 * @param utility     why they rank where they do
 * @param effect      of taking them, in units of the outcome
 */
public record Recalled(Set<String> actions, long observation, Utility utility, EffectEstimate effect) {}
