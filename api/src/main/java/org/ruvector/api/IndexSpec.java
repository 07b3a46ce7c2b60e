package org.ruvector.api;

import java.util.Objects;

/**
 * What index to build: which plugin with which parameters, for which vectors.
 *
 * @param provider   name of the index plugin, for example {@code hnsw}
 * @param parameters parameters of the plugin
 * @param metric     how vectors are compared
 * @param type       how coordinates are stored
 * @param dimension  coordinates per vector, from 1 to 65,536
 */
public record IndexSpec(String provider, Parameters parameters, Metric metric, ElementType type, int dimension) {

    /** The most coordinates a vector may have. */
    public static final int MAX_DIMENSION = 65_536;

    /** Refuses a dimension out of range and a metric that does not go with the element type. */
    public IndexSpec {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(parameters, "parameters");
        if (!metric.supports(type)) {
            throw new IllegalArgumentException("Metric " + metric.text() + " does not go with " + type.text()
                    + " vectors: hamming is for bit vectors, every other metric for float32 and int8");
        }
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it must be from 1 to " + MAX_DIMENSION);
        }
    }

    /**
     * Reads the short form {@code name} or {@code name:key=value,key=value} for the vectors' type and dimension.
     *
     * @throws IllegalArgumentException if the parameters are not of that form
     */
    public static IndexSpec parse(String text, Metric metric, ElementType type, int dimension) {
        int colon = text.indexOf(':');
        String provider = (colon < 0 ? text : text.substring(0, colon)).strip();
        Parameters parameters = colon < 0 ? Parameters.none() : Parameters.parse(text.substring(colon + 1));
        return new IndexSpec(provider, parameters, metric, type, dimension);
    }

    /**
     * Throws unless the query has this type and dimension.
     *
     * @throws IllegalArgumentException naming both
     */
    public void require(Query query) {
        if (query.type() != type || query.dimension() != dimension) {
            throw mismatch("The vector has ", query.dimension(), query.type());
        }
    }

    /**
     * Throws unless the rows have this type and dimension.
     *
     * @throws IllegalArgumentException naming both
     */
    public void require(VectorRows rows) {
        if (rows.type() != type || rows.dimension() != dimension) {
            throw mismatch("The rows have ", rows.dimension(), rows.type());
        }
    }

    private IllegalArgumentException mismatch(String who, int theirDimension, ElementType theirType) {
        return new IllegalArgumentException(who + theirDimension + " × " + theirType.text() + ", but this index holds "
                + dimension + " × " + type.text());
    }

    /** The short form that {@link #parse} reads. */
    public String text() {
        String rest = parameters.toString();
        return rest.isEmpty() ? provider : provider + ":" + rest;
    }
}
