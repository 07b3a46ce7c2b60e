package org.ruvector.hypergraph.causal;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;

/**
 * What the observations of a memory look like. Immutable.
 *
 * @param dimension  coordinates of a context's embedding, from 1 to {@link IndexSpec#MAX_DIMENSION}
 * @param covariates names of the numbers known before anything is done, distinct; may be empty
 * @param index      the index of contexts in short form, such as {@code flat} or {@code hnsw:m=16}; it must be one that can be changed
 */
public record CausalSchema(int dimension, List<String> covariates, String index) {

    private static final int LONGEST_NAME = 1_000;

    /** Refuses what is malformed; whether there is such an index is not looked at. */
    public CausalSchema {
        Objects.requireNonNull(index, "index");
        covariates = List.copyOf(covariates);
        covariates.forEach(name -> requireName("covariate", name));
        if (new HashSet<>(covariates).size() < covariates.size()) {
            throw new IllegalArgumentException("The covariates are " + covariates + "; their names must be distinct");
        }
        requireName("index", index);
        spec(index, dimension);
    }

    /** Contexts without covariates, searched exhaustively. */
    public CausalSchema(int dimension) {
        this(dimension, List.of(), "flat");
    }

    /** The index of contexts. */
    IndexSpec spec() {
        return spec(index, dimension);
    }

    private static IndexSpec spec(String index, int dimension) {
        return IndexSpec.parse(index, Metric.COSINE, ElementType.FLOAT32, dimension);
    }

    static String requireName(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("The name '" + name + "' (" + what
                    + ") must not be blank, and have at most " + LONGEST_NAME + " characters");
        }
        return name;
    }
}
