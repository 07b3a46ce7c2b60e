package org.ruvector.hypergraph.skills;

import org.apache.commons.math3.special.Gamma;

/**
 * Evidence that one rate of success is above another, that may be looked at after every trial (L. Wasserman, A. Ramdas and
 * S. Balakrishnan, "Universal inference", PNAS 2020). Without state.
 *
 * <p>It is the likelihood of the outcomes under a mixture over two rates, each with Jeffreys' prior Beta(½, ½) (Krichevsky and
 * Trofimov, 1981), over their largest likelihood under the null hypothesis that the first rate is not above the second. Under the null the
 * mixture over the likelihood of the true rates is a martingale that starts at 1, and the evidence is never above it. So the
 * expectation of the evidence is at most 1 whenever one stops, the chance that it <em>ever</em> reaches {@code 1/a} is at most
 * {@code a} (Ville's inequality), and {@code min(1, 1/evidence)} is a p-value at any time. Who chooses what to try next may look at all
 * that came before: what is chosen cancels. Only the rates must not change.
 */
final class UniversalInference {

    private static final double LOG_PI = Math.log(Math.PI);

    private UniversalInference() {}

    /** The logarithm of the evidence that {@code high} is the higher rate. */
    static double logEvidence(Rate high, Rate low) {
        boolean higher = (long) high.successes() * low.trials() > (long) low.successes() * high.trials();
        double largestUnderNull = higher
                ? logLikelihood(
                        new Rate(high.successes() + low.successes(), Math.addExact(high.trials(), low.trials())))
                : logLikelihood(high) + logLikelihood(low);
        return logMixture(high) + logMixture(low) - largestUnderNull;
    }

    /** The logarithm of the largest likelihood of these outcomes under one rate. */
    static double logLikelihood(Rate rate) {
        int failures = rate.trials() - rate.successes();
        return xLogShare(rate.successes(), rate.trials()) + xLogShare(failures, rate.trials());
    }

    private static double xLogShare(int x, int n) {
        return x == 0 ? 0 : x * Math.log((double) x / n);
    }

    private static double logMixture(Rate rate) {
        return Gamma.logGamma(rate.successes() + 0.5)
                + Gamma.logGamma(rate.trials() - rate.successes() + 0.5)
                - Gamma.logGamma(rate.trials() + 1.0)
                - LOG_PI;
    }
}
