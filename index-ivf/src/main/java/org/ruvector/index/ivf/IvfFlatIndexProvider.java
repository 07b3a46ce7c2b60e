package org.ruvector.index.ivf;

import java.util.EnumSet;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.SlotTable;

/**
 * The index {@code ivf-flat}: an inverted file (J. Sivic and A. Zisserman, "Video Google", ICCV 2003; H. Jégou, M. Douze and C. Schmid,
 * IEEE TPAMI 2011). Each vector is in the list of the nearest of {@code nlist} centroids, and a search compares it with the vectors
 * of the {@code nprobe} lists whose centroids are nearest to the query. Float vectors.
 *
 * <p>Build parameters are those of {@link IvfParams}. Search parameters: {@code nprobe}, from 1 to 1,000,000, by default {@code ⌈√nlist⌉}; where it
 * reaches the number of lists the answers are exact. {@code adaptive}, from 0 to 1, off by default: lists are passed over whose
 * centroid is too far for their radius, taken so many times; 1 loses nothing, less may. Parameters that begin with
 * {@code coarse.} go to the coarse plugin's search.
 *
 * <p>A search goes on to more lists until it has {@code k} hits, or, with a filter, all that match: so few ids in {@link org.ruvector.api.Filter#ids} that
 * comparing just these is cheaper are compared without looking into lists. Range searches, with {@code k} unlimited, look into every list that the
 * triangle inequality does not rule out: their answers are exact.
 *
 * <p>Stats count lists looked into as visited; distances to centroids are among the others. Memory: the vectors, in pages of 32 that belong to one list, so on average 16
 * places of each list are empty; 16 bytes for each vector; and the centroids. Changes take {@code O(nlist · dimension)}; now and then
 * one of them compacts the lists, or trains them again.
 */
public final class IvfFlatIndexProvider implements IndexProvider {
    static final String NAME = "ivf-flat";

    /** For {@link java.util.ServiceLoader}. */
    public IvfFlatIndexProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Metric> metrics() {
        return EnumSet.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Override
    public Set<ElementType> elementTypes() {
        return EnumSet.of(ElementType.FLOAT32);
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        IvfParams params = IvfParams.from(spec.parameters(), context.seed());
        return builder(new IvfBuild(spec, params, null, context));
    }

    /** Builds with what was asked for. */
    static IndexBuilder builder(IvfBuild build) {
        BuildContext context = build.context();
        Coarse.check(build.params().coarse(), build.spec(), context);
        return (rows, ids) -> {
            require(build.spec(), rows, ids);
            ListRows lists = build.build(rows, ids);
            CodeTiers tiers = lists.codes() == null ? null : lists.codes().tiers();
            Parameters own = build.params().toParameters();
            IndexSpec asked = build.spec();
            IndexSpec filledIn = tiers == null
                    ? new IndexSpec(asked.provider(), own, asked.metric(), asked.type(), asked.dimension())
                    : tiers.in(asked, own);
            // Who trains the lists again is whoever adds a vector then.
            BuildContext later = new BuildContext(
                    context.plugins(), context.kernel(), BuildContext.Workers.CALLER, context.seed(), Progress.NONE);
            return new IvfIndex(filledIn, new IvfBuild(filledIn, build.params(), build.choice(), later), lists);
        };
    }

    private static void require(IndexSpec spec, VectorRows rows, long[] ids) {
        spec.require(rows);
        if (ids.length != rows.count()) {
            throw new IllegalArgumentException(
                    rows.count() + " rows need as many ids, but " + ids.length + " were given");
        }
        rows.requireValid();
        SlotTable.requireDistinct(ids);
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        require(file, NAME);
        return IvfFile.open(file, context, false);
    }

    static void require(SectionReader file, String name) {
        if (!file.spec().provider().equals(name)) {
            throw new IndexFileException.WrongProvider(file.source() + " holds an index of the plugin '"
                    + file.spec().provider() + "', not of '" + name + "'");
        }
    }
}
