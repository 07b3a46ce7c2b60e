package org.ruvector.storage;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/**
 * The quantizers by whose codes an index searches before it compares vectors: {@code codes} orders the candidates, and
 * {@code filter}, if there is one, spares it those whose shorter codes say that they are too far (see {@link CodeScorer}). The nearest
 * candidates are then ranked again by exact distances. With a filter of one bit per coordinate and codes of eight these are three
 * tiers. Immutable.
 *
 * @param filter {@code null} for none
 * @param codes  scored by the index's metric
 * @param rerank candidates per wanted hit that are ranked by exact distances, at least 1
 */
public record CodeTiers(Quantizer filter, Quantizer codes, double rerank) {
    private static final String QUANTIZER = "quantizer";
    private static final String FILTER = "filter";
    private static final String RERANK = "rerank";
    private static final double DEFAULT_RERANK = 4;

    /** Refuses nulls and a factor below 1. */
    public CodeTiers {
        Objects.requireNonNull(codes, "codes");
        requireFactor(rerank);
    }

    private static void requireFactor(double rerank) {
        if (!(rerank >= 1 && rerank <= 1_000_000)) {
            throw new IllegalArgumentException("rerank is " + rerank + "; it must be from 1 to 1000000");
        }
    }

    /**
     * What an index's parameters ask for: {@code quantizer}, the name of a quantizer plugin, its own parameters as {@code quantizer.bits} and
     * so on; {@code filter} and its parameters likewise; and {@code rerank}, 4 by default.
     *
     * @param others the parameters that are the index's own
     * @param codes  {@code null} if the index is to search by vectors
     * @param filter {@code null} for none
     * @param rerank see {@link CodeTiers}
     */
    public record Choice(Parameters others, QuantizerSpec codes, QuantizerSpec filter, double rerank) {

        /**
         * Takes these parameters out of an index's.
         *
         * @throws IllegalArgumentException if {@code filter} or {@code rerank} come without {@code quantizer}, or vectors are not of floats
         */
        public static Choice from(IndexSpec spec) {
            Parameters others = Parameters.none();
            Parameters ofCodes = Parameters.none();
            Parameters ofFilter = Parameters.none();
            for (Map.Entry<String, String> entry : spec.parameters().asMap().entrySet()) {
                String name = entry.getKey();
                if (name.startsWith(QUANTIZER + ".")) {
                    ofCodes = ofCodes.with(name.substring(QUANTIZER.length() + 1), entry.getValue());
                } else if (name.startsWith(FILTER + ".")) {
                    ofFilter = ofFilter.with(name.substring(FILTER.length() + 1), entry.getValue());
                } else if (!name.equals(QUANTIZER) && !name.equals(FILTER) && !name.equals(RERANK)) {
                    others = others.with(name, entry.getValue());
                }
            }
            QuantizerSpec codes = spec(spec, QUANTIZER, ofCodes);
            QuantizerSpec filter = spec(spec, FILTER, ofFilter);
            if (codes == null && (filter != null || spec.parameters().asMap().containsKey(RERANK))) {
                throw new IllegalArgumentException(
                        (filter != null ? FILTER : RERANK) + " needs codes to search by: name a quantizer, too");
            }
            if (codes != null && spec.type() != ElementType.FLOAT32) {
                throw new IllegalArgumentException(
                        "quantizer=" + codes.provider() + " encodes float32 vectors, but these are "
                                + spec.type().text());
            }
            double rerank = spec.parameters().getDouble(RERANK, DEFAULT_RERANK);
            requireFactor(rerank);
            return new Choice(others, codes, filter, rerank);
        }

        /**
         * Takes these parameters out of a saved index's.
         *
         * @throws IndexFileException.Corrupt if they make no sense
         */
        public static Choice from(SectionReader file) {
            try {
                return from(file.spec());
            } catch (IllegalArgumentException e) {
                IndexFileException corrupt =
                        new IndexFileException.Corrupt(file.source() + " is damaged: " + e.getMessage());
                corrupt.initCause(e);
                throw corrupt;
            }
        }

        private static QuantizerSpec spec(IndexSpec spec, String which, Parameters parameters) {
            String provider = spec.parameters().getText(which, null);
            if (provider != null) {
                return new QuantizerSpec(provider, parameters, spec.metric(), spec.dimension());
            }
            if (!parameters.asMap().isEmpty()) {
                throw new IllegalArgumentException(
                        which + "." + parameters.asMap().firstKey() + " is given, but no " + which);
            }
            return null;
        }

        /**
         * Throws unless the plugins are there and know the metric.
         *
         * @throws IllegalArgumentException naming what there is
         */
        public void check(Plugins plugins) {
            for (QuantizerSpec spec : new QuantizerSpec[] {codes, filter}) {
                if (spec != null) {
                    QuantizerProvider provider = plugins.quantizer(spec.provider());
                    if (!provider.metrics().contains(spec.metric())) {
                        throw new IllegalArgumentException(
                                "The quantizer '" + spec.provider() + "' does not know the metric "
                                        + spec.metric().text() + "; it knows " + provider.metrics());
                    }
                }
            }
        }

        /** Learns from the vectors that the index will hold; {@code null} if no codes were asked for. */
        public CodeTiers train(VectorRows rows, BuildContext context) {
            if (codes == null) {
                return null;
            }
            // An index that begins empty learns nothing. What needs no learning, such as sq8, is as good there.
            VectorRows sample =
                    rows.count() > 0 ? rows : VectorRows.ofFloats(new float[rows.dimension()], rows.dimension());
            return new CodeTiers(train(filter, sample, context), train(codes, sample, context), rerank);
        }

        private static Quantizer train(QuantizerSpec spec, VectorRows sample, BuildContext context) {
            return spec == null
                    ? null
                    : context.plugins().quantizer(spec.provider()).train(sample, spec, context);
        }

        /**
         * Reads back what {@link CodeTiers#save} wrote; {@code null} if the index has no codes.
         *
         * @throws IndexFileException if the sections do not hold what the quantizers wrote
         */
        public CodeTiers open(SectionReader file, Plugins plugins) {
            return codes == null
                    ? null
                    : new CodeTiers(open(filter, FILTER, file, plugins), open(codes, QUANTIZER, file, plugins), rerank);
        }

        private static Quantizer open(QuantizerSpec spec, String which, SectionReader file, Plugins plugins) {
            return spec == null ? null : plugins.quantizer(spec.provider()).open(file, which + "-", spec);
        }
    }

    /** The spec with these parameters of the index, and with what asks for these tiers, the quantizers' defaults filled in. */
    public IndexSpec in(IndexSpec spec, Parameters others) {
        return new IndexSpec(
                spec.provider(), others.with(toParameters()), spec.metric(), spec.type(), spec.dimension());
    }

    private Parameters toParameters() {
        Parameters all = Parameters.none().with(RERANK, rerank);
        all = with(all, QUANTIZER, codes);
        return filter == null ? all : with(all, FILTER, filter);
    }

    private static Parameters with(Parameters all, String which, Quantizer quantizer) {
        Parameters result = all.with(which, quantizer.spec().provider());
        for (Map.Entry<String, String> entry :
                quantizer.spec().parameters().asMap().entrySet()) {
            result = result.with(which + "." + entry.getKey(), entry.getValue());
        }
        return result;
    }

    /** How many candidates to rank by exact distances for {@code k} hits, of which a request wants at least so many times as many. */
    public int candidates(int k, float oversample) {
        return (int) Math.min(1 << 30, Math.ceil(Math.max(rerank, oversample) * k));
    }

    /** Writes what the quantizers learnt. */
    public void save(SectionWriter file) throws IOException {
        codes.save(file, QUANTIZER + "-");
        if (filter != null) {
            filter.save(file, FILTER + "-");
        }
    }
}
