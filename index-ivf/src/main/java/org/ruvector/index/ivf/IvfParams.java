package org.ruvector.index.ivf;

import java.util.Map;
import java.util.Objects;
import org.ruvector.api.Parameters;

/**
 * Parameters of inverted files.
 *
 * @param nlist     lists, from 1 to 1,000,000; 0, as text {@code auto}, the default: {@code 4·√n}, but no more than leave a list 32
 *                  vectors. There are fewer where there are fewer distinct vectors.
 * @param imbalance lists are trained again where {@code nlist·Σ nᵢ² / n²}, 1 if all are of one size, exceeds it; from 1, 4 by default. Looked
 *                  at when the index has grown to twice its size.
 * @param training  how centroids are found
 * @param coarse    how the lists nearest to a query are found
 */
public record IvfParams(int nlist, double imbalance, Training training, Coarse coarse) {
    static final int MAX_LISTS = 1_000_000;
    private static final String COARSE = "coarse";
    private static final String AUTO = "auto";
    private static final int ROWS_PER_LIST = 32;

    /**
     * How k-means finds the centroids.
     *
     * @param iterations at most, from 0, 10 by default
     * @param sample     vectors to learn from for each list, from 1, 256 by default
     * @param seed       decides which; by default that of the build context
     */
    public record Training(int iterations, int sample, long seed) {
        /** Refuses values out of range. */
        public Training {
            if (iterations < 0 || sample < 1) {
                throw new IllegalArgumentException(
                        "iterations is " + iterations + ", sample is " + sample + "; they must be at least 0 and 1");
            }
        }
    }

    /**
     * How the lists nearest to a query are found.
     *
     * @param provider   {@code flat}, the default: by comparing with every centroid; or the name of an index plugin
     * @param parameters of that plugin, as text {@code coarse.m} and so on
     */
    public record Coarse(String provider, Parameters parameters) {
        static final String FLAT = "flat";

        /** Refuses parameters of {@code flat}, which has none. */
        public Coarse {
            Objects.requireNonNull(provider, "provider");
            if (provider.equals(FLAT)) {
                parameters.requireOnly();
            }
        }

        boolean isPlugin() {
            return !provider.equals(FLAT);
        }
    }

    /** Refuses values out of range. */
    public IvfParams {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(coarse, "coarse");
        if (nlist < 0 || nlist > MAX_LISTS) {
            throw new IllegalArgumentException("nlist is " + nlist + "; it must be from 1 to " + MAX_LISTS);
        }
        if (!(imbalance >= 1)) {
            throw new IllegalArgumentException("imbalance is " + imbalance + "; it must be at least 1");
        }
    }

    /**
     * Reads {@code nlist}, {@code imbalance}, {@code iterations}, {@code sample}, {@code seed}, {@code coarse} and, with the prefix
     * {@code coarse.}, that plugin's own.
     *
     * @throws IllegalArgumentException for an unknown name or a value out of range
     */
    public static IvfParams from(Parameters parameters, long defaultSeed) {
        Parameters own = without(parameters, COARSE);
        own.requireOnly("nlist", "imbalance", "iterations", "sample", "seed", COARSE);
        boolean auto = own.getText("nlist", AUTO).equals(AUTO);
        int nlist = auto ? 0 : own.getInt("nlist", 0);
        if (!auto && nlist < 1) {
            throw new IllegalArgumentException(
                    "nlist is " + nlist + "; it must be from 1 to " + MAX_LISTS + ", or auto");
        }
        return new IvfParams(
                nlist,
                own.getDouble("imbalance", 4),
                new Training(own.getInt("iterations", 10), own.getInt("sample", 256), own.getLong("seed", defaultSeed)),
                new Coarse(own.getText(COARSE, Coarse.FLAT), within(parameters, COARSE)));
    }

    /** Those that do not begin with the prefix and a dot. */
    static Parameters without(Parameters all, String prefix) {
        Parameters others = Parameters.none();
        for (Map.Entry<String, String> entry : all.asMap().entrySet()) {
            if (!entry.getKey().startsWith(prefix + ".")) {
                others = others.with(entry.getKey(), entry.getValue());
            }
        }
        return others;
    }

    /** Those that begin with the prefix and a dot, without both. */
    static Parameters within(Parameters all, String prefix) {
        Parameters inner = Parameters.none();
        for (Map.Entry<String, String> entry : all.asMap().entrySet()) {
            if (entry.getKey().startsWith(prefix + ".")) {
                inner = inner.with(entry.getKey().substring(prefix.length() + 1), entry.getValue());
            }
        }
        return inner;
    }

    /** These parameters as text, with the defaults filled in. */
    public Parameters toParameters() {
        Parameters all = Parameters.none()
                .with("nlist", nlist == 0 ? AUTO : nlist)
                .with("imbalance", imbalance)
                .with("iterations", training.iterations)
                .with("sample", training.sample)
                .with("seed", training.seed)
                .with(COARSE, coarse.provider);
        for (Map.Entry<String, String> entry : coarse.parameters.asMap().entrySet()) {
            all = all.with(COARSE + "." + entry.getKey(), entry.getValue());
        }
        return all;
    }

    /** Lists wanted for so many vectors. */
    int lists(int rows) {
        return nlist > 0 ? nlist : Math.max(1, (int) Math.min(Math.round(4 * Math.sqrt(rows)), rows / ROWS_PER_LIST));
    }
}
