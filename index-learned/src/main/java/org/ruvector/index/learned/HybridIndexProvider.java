package org.ruvector.index.learned;

import java.util.EnumSet;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/**
 * The index {@code hybrid}: a large <i>segment</i> that is only read, such as a learned index, and a small <i>delta</i> that takes
 * the changes, one view over both. When the delta has grown, a new segment is built of both in the background and takes their
 * place at one moment; searches go on and miss nothing. (The log-structured merge of P. O'Neil and others, Acta Informatica 1996,
 * with two components; T. Kraska and others, SIGMOD 2018, section 3.4, propose it for learned indexes.)
 *
 * <p>Build parameters:
 *
 * <ul>
 *   <li>{@code segment}: the index plugin of the segment, {@code ml-index} by default, and its own parameters as
 *       {@code segment.pivots} and so on
 *   <li>{@code delta}: the index plugin of the delta, {@code hnsw} by default, and its own parameters as {@code delta.m} and so on;
 *       its indexes must be {@link org.ruvector.api.spi.MutableIndex}
 *   <li>{@code switch}: above 0 and at most 1, 0.1 by default: retraining begins when the delta holds, or removals and replacements
 *       hid, so many vectors for each of the segment, and 16 at least
 * </ul>
 *
 * <p>Search parameters are those of the parts, with the same prefixes: {@code segment.nprobe}, {@code delta.ef}. An answer is the
 * nearest of both parts' answers, so it is exact where they are. A part that is asked after another gets the time that is left.
 *
 * <p>Retraining is one task on the {@link BuildContext.Workers executor} of the build, and one thread: it never waits for another of the
 * executor's, and leaves the other cores to searches. The executor is used as long as the index is; by default, and for an index
 * that was opened from a file, it is the thread whose change made retraining due, which then takes as long as a build. If
 * retraining fails nothing is lost: the parts stay as they are, the next change is not made but throws a
 * {@link java.util.concurrent.CompletionException} with the cause, changes after it are made, and retraining is tried again when the
 * delta has grown as much once more. {@link org.ruvector.api.spi.Diagnosable#repair} retrains at once, with the context that it is
 * given.
 *
 * <p>Its indexes are also {@link org.ruvector.api.spi.Persistable} where their parts are. While retraining runs there are both
 * segments and a copy of the vectors; otherwise the parts take 8 bytes more for each vector, 16 to 32 for each removed one. Under
 * cosine each retraining scales to unit length again what was scaled before, so that distances may change by rounding.
 */
public final class HybridIndexProvider implements IndexProvider {

    static final String NAME = "hybrid";

    /** For {@link java.util.ServiceLoader}. */
    public HybridIndexProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    /** All; what the parts do not know they refuse. */
    @Override
    public Set<Metric> metrics() {
        return EnumSet.allOf(Metric.class);
    }

    /** All; what the parts do not know they refuse. */
    @Override
    public Set<ElementType> elementTypes() {
        return EnumSet.allOf(ElementType.class);
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        HybridParameters parameters = HybridParameters.from(spec);
        IndexBuilder segment = context.plugins().builder(parameters.segment(), context);
        // Whether its indexes change is known of an index only.
        parameters.emptyDelta(context).close();
        return (rows, ids) -> {
            HybridView.Segment built = HybridView.Segment.of(segment.build(rows, ids), ids);
            return HybridIndex.of(parameters.in(spec), parameters, context, built);
        };
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        return HybridFile.open(file, context);
    }
}
