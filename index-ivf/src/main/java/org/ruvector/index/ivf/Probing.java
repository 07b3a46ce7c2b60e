package org.ruvector.index.ivf;

import org.ruvector.api.Parameters;

/**
 * How hard one search tries.
 *
 * @param lists    looked into at least, from 1
 * @param adaptive radii of lists count so many times when those that are too far are passed over; negative: none are
 * @param coarse   parameters of the coarse plugin's search
 */
record Probing(int lists, double adaptive, Parameters coarse) {
    static final int MAX_PROBES = 1_000_000;
    private static final double OFF = -1;

    static Probing of(Parameters parameters, Coarse coarse) {
        if (parameters.asMap().isEmpty()) {
            return new Probing(byDefault(coarse.centroids().count()), OFF, parameters);
        }
        Parameters own = coarse.index() == null ? parameters : IvfParams.without(parameters, "coarse");
        own.requireOnly("nprobe", "adaptive");
        int lists = own.getInt("nprobe", byDefault(coarse.centroids().count()));
        if (lists < 1 || lists > MAX_PROBES) {
            throw new IllegalArgumentException("nprobe is " + lists + "; it must be from 1 to " + MAX_PROBES);
        }
        double adaptive = own.getDouble("adaptive", OFF);
        if (own.asMap().containsKey("adaptive") && !(adaptive >= 0 && adaptive <= 1)) {
            throw new IllegalArgumentException("adaptive is " + adaptive + "; it must be from 0 to 1");
        }
        return new Probing(lists, adaptive, IvfParams.within(parameters, "coarse"));
    }

    private static int byDefault(int lists) {
        return (int) Math.ceil(Math.sqrt(lists));
    }

    boolean isAdaptive() {
        return adaptive >= 0;
    }
}
