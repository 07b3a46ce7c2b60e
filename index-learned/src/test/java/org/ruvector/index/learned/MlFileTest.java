package org.ruvector.index.learned;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.Persistable;
import org.ruvector.testkit.MemorySections;
import org.ruvector.testkit.RealData;

class MlFileTest {

    private static void refuses(String what, Consumer<Map<String, byte[]>> damage) throws IOException {
        Plugins plugins = Plugins.load();
        IndexSpec spec = IndexSpec.parse("ml-index:pivots=8", Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        MemorySections sections = new MemorySections();
        IndexSpec built;
        try (Persistable index = (Persistable) plugins.builder(spec, BuildContext.of(plugins))
                .build(RealData.digits().base(ElementType.FLOAT32))) {
            index.save(sections);
            built = index.spec();
        }
        damage.accept(sections.sections());
        try (MemorySections.Reader file = sections.reader(built)) {
            assertThrows(
                    IndexFileException.Corrupt.class,
                    () -> new MlIndexProvider().open(file, new OpenContext(plugins, plugins.kernel())),
                    what);
        }
    }

    @Test
    void sections_of_the_wrong_length_are_refused() throws IOException {
        for (String name : new String[] {"vectors", "ids", "pivots", "starts", "distances"}) {
            for (int less : new int[] {1, 4, 8}) {
                refuses(
                        name + " without " + less,
                        all -> all.put(name, Arrays.copyOf(all.get(name), all.get(name).length - less)));
            }
            refuses("no " + name, all -> all.put(name, new byte[0]));
        }
    }

    @Test
    void partitions_that_overlap_or_leave_the_rows_are_refused() throws IOException {
        for (byte high : new byte[] {(byte) 0x80, 0x7f}) {
            for (int place : new int[] {3, 7, 35}) {
                refuses("start " + place / 4 + " of " + high, all -> all.get("starts")[place] = high);
            }
        }
    }

    @Test
    void distances_that_descend_or_are_none_are_refused() throws IOException {
        refuses("a first distance beyond the next", all -> all.get("distances")[3] = 0x7f);
        refuses("a negative distance", all -> all.get("distances")[3] |= (byte) 0x80);
        refuses("not a number", all -> Arrays.fill(all.get("distances"), 0, 4, (byte) 0xff));
    }

    @Test
    void an_id_that_comes_twice_is_refused() throws IOException {
        refuses("ids", all -> System.arraycopy(all.get("ids"), 0, all.get("ids"), 80, 8));
    }
}
