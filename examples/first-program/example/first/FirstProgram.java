package example.first;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.IndexFile;

/** Which colours are nearest to another one? Red, green and blue make a vector; the row number is the id. */
final class FirstProgram {

    private static final List<String> NAMES =
            List.of("black", "white", "red", "green", "blue", "yellow", "orange", "purple", "sea green", "steel blue");

    private static final float[] COLOURS = {
        0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128, 0, 0, 0, 255, //
        255, 255, 0, 255, 165, 0, 128, 0, 128, 46, 139, 87, 70, 130, 180
    };

    public static void main(String[] args) throws IOException {
        Plugins plugins = Plugins.load();
        IndexSpec spec = IndexSpec.parse("hnsw:m=8,efConstruction=100", Metric.EUCLIDEAN, ElementType.FLOAT32, 3);
        SearchRequest request = SearchRequest.of(Query.of(60f, 130f, 160f), 3).with("ef", 20);
        Path file = Files.createTempFile("colours", ".ruvector");

        try (VectorIndex index = plugins.builder(spec, BuildContext.of(plugins)).build(VectorRows.ofFloats(COLOURS, 3))) {
            System.out.println("kernel: " + index.kernel());
            print("built", index.search(request).hits());
            if (index instanceof Persistable persistable) {
                IndexFile.save(persistable, file);
            }
        }
        try (VectorIndex index = IndexFile.open(file, OpenContext.of(plugins))) {
            print("opened", index.search(request).hits());
        }
        Files.delete(file);
    }

    private static void print(String what, List<Hit> hits) {
        System.out.println(what + ":");
        for (Hit hit : hits) {
            System.out.println("  " + NAMES.get((int) hit.id()) + ", squared distance " + hit.distance());
        }
    }
}
