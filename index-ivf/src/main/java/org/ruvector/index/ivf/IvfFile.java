package org.ruvector.index.ivf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.VectorLayout;

/**
 * The sections of a saved inverted file: {@code centroids} (floats), {@code sizes} (an int for each list), {@code radii} (a float for each),
 * {@code pages} (ints, the pages of one list after another), and page by page {@code vectors}, {@code ids} and {@code codes}; then what
 * the quantizer learnt, and, with the prefix {@value Coarse#PREFIX}, the coarse index. Opening reads all but vectors and codes.
 */
final class IvfFile {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private IvfFile() {}

    static void save(SectionWriter file, ListRows rows) throws IOException {
        Pages pages = rows.pages();
        int lists = pages.lists();
        MemorySegment sizes = MemorySegment.ofArray(new byte[4 * lists]);
        MemorySegment radii = MemorySegment.ofArray(new byte[4 * lists]);
        int needed = 0;
        for (int list = 0; list < lists; list++) {
            sizes.set(INT, 4L * list, pages.size(list));
            radii.set(VectorRows.FLOAT, 4L * list, rows.radii()[list]);
            needed += Pages.pages(pages.size(list));
        }
        MemorySegment numbers = MemorySegment.ofArray(new byte[4 * needed]);
        long at = 0;
        for (int list = 0; list < lists; list++) {
            for (int i = 0; i < Pages.pages(pages.size(list)); i++) {
                numbers.set(INT, at, pages.of(list)[i]);
                at += 4;
            }
        }
        VectorRows centroids = rows.centroids().rows();
        long slots = (long) pages.used() * Pages.WIDTH;
        file.section("centroids", centroids.segment().asSlice(0, centroids.byteSize()));
        file.section("sizes", sizes);
        file.section("radii", radii);
        file.section("pages", numbers);
        file.section("vectors", rows.vectors().asSlice(0, slots * centroids.stride()));
        file.section("ids", rows.ids().asSlice(0, slots * Long.BYTES));
        if (rows.codes() != null) {
            file.section(
                    "codes",
                    rows.blocks().asSlice(0, pages.used() * rows.codes().pageBytes()));
            rows.codes().tiers().save(file);
        }
        if (rows.coarse().index() instanceof Persistable coarse) {
            coarse.save((name, parts) -> file.section(Coarse.PREFIX + name, parts));
        }
    }

    /**
     * Opens what was saved.
     *
     * @param coded whether there is a quantizer
     */
    static IvfIndex open(SectionReader file, OpenContext context, boolean coded) {
        IndexSpec spec = file.spec();
        CodeTiers.Choice choice = coded ? CodeTiers.Choice.from(file) : null;
        require(file, !coded || choice.codes() != null, "it names no quantizer");
        IvfParams params = undamaged(
                file, () -> IvfParams.from(coded ? choice.others() : spec.parameters(), BuildContext.DEFAULT_SEED));
        BuildContext again = new BuildContext(
                context.plugins(),
                context.kernel(),
                BuildContext.Workers.CALLER,
                params.training().seed(),
                Progress.NONE);
        VectorLayout layout = new VectorLayout(spec, context.kernel());
        MemorySegment vectors = file.section("centroids");
        long count = vectors.byteSize() / layout.stride();
        require(
                file,
                vectors.byteSize() % layout.stride() == 0 && count >= 1 && count <= IvfParams.MAX_LISTS,
                "section 'centroids' has " + vectors.byteSize() + " bytes, which are not from 1 to "
                        + IvfParams.MAX_LISTS + " centroids of " + layout.stride());
        // A copy of their own: they are small, and every search reads all of them.
        float[] copy = new float[(int) count * spec.dimension()];
        MemorySegment.copy(vectors, VectorRows.FLOAT, 0, copy, 0, copy.length);
        Centroids centroids = new Centroids(
                spec,
                context.kernel(),
                undamaged(
                        file, () -> VectorRows.ofFloats(copy, spec.dimension()).requireValid()));
        Pages pages = pages(file, (int) count);
        ListCodes codes = coded ? codes(file, context, choice) : null;
        long slots = (long) pages.used() * Pages.WIDTH;
        MemorySegment radii = section(file, "radii", 4 * count);
        float[] allRadii = new float[(int) count];
        MemorySegment.copy(radii, VectorRows.FLOAT, 0, allRadii, 0, allRadii.length);
        ListRows.Memory memory = new ListRows.Memory(
                section(file, "vectors", slots * layout.stride()),
                section(file, "ids", slots * Long.BYTES),
                coded ? section(file, "codes", pages.used() * codes.pageBytes()) : MemorySegment.NULL,
                file::close);
        Coarse coarse = undamaged(
                file, () -> Coarse.open(params.coarse(), centroids, IvfBuild.codesOf(centroids, codes), again, file));
        try {
            ListRows rows = undamaged(file, () -> new ListRows(layout, coarse, codes, pages).opened(memory, allRadii));
            return new IvfIndex(spec, new IvfBuild(spec, params, choice, again), rows);
        } catch (Throwable e) {
            coarse.close();
            throw e;
        }
    }

    private static ListCodes codes(SectionReader file, OpenContext context, CodeTiers.Choice choice) {
        CodeTiers tiers = choice.open(file, context.plugins());
        return undamaged(
                file,
                () -> IvfBuild.codes(
                        tiers.codes().neighbourhoods().isPresent()
                                ? tiers
                                : IvfBuild.ofResiduals(choice).open(file, context.plugins())));
    }

    private static Pages pages(SectionReader file, int lists) {
        MemorySegment ints = section(file, "sizes", 4L * lists);
        int[] sizes = new int[lists];
        long needed = 0;
        for (int list = 0; list < lists; list++) {
            sizes[list] = ints.get(INT, 4L * list);
            require(file, sizes[list] >= 0, "list " + list + " has " + sizes[list] + " rows");
            needed += Math.ceilDiv((long) sizes[list], Pages.WIDTH);
        }
        MemorySegment ids = file.section("ids");
        long used = ids.byteSize() / (Pages.WIDTH * Long.BYTES);
        require(
                file,
                ids.byteSize() % (Pages.WIDTH * Long.BYTES) == 0 && used <= Pages.MAX_PAGES && needed <= used,
                "section 'ids' has " + ids.byteSize() + " bytes, but " + needed + " pages of "
                        + Pages.WIDTH * Long.BYTES + " are in use");
        MemorySegment numbers = section(file, "pages", 4 * needed);
        int[] all = new int[(int) needed];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers.get(INT, 4L * i);
        }
        return undamaged(file, () -> new Pages(sizes, all, (int) used));
    }

    private static <T> T undamaged(SectionReader file, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            IndexFileException corrupt =
                    new IndexFileException.Corrupt(file.source() + " is damaged: " + e.getMessage());
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static MemorySegment section(SectionReader file, String name, long bytes) {
        MemorySegment section = file.section(name);
        require(
                file,
                section.byteSize() == bytes,
                "section '" + name + "' has " + section.byteSize() + " bytes, but should have " + bytes);
        return section;
    }

    private static void require(SectionReader file, boolean holds, String otherwise) {
        if (!holds) {
            throw new IndexFileException.Corrupt(file.source() + " is damaged: " + otherwise);
        }
    }
}
