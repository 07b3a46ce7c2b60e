package org.ruvector.hypergraph.causal;

/** Estimates the average effect of a treatment. Implementations are immutable; the same data give the same estimate. */
@FunctionalInterface
public interface EffectEstimator {

    /**
     * Estimates the mean outcome if all were treated, less the mean outcome if none were.
     *
     * @return an estimate that is not {@linkplain EffectEstimate#known known} where the data are too few
     */
    EffectEstimate estimate(TreatmentData data);
}
