package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.Measurement.Build;
import org.ruvector.bench.Measurement.Speed;
import org.ruvector.bench.Measurement.Subject;

class ReportTest {

    private final Workload workload = new Workload(
            VectorRows.ofFloats(new float[] {1, 2, 3, 4}, 2),
            VectorRows.ofFloats(new float[] {1, 2}, 2),
            Metric.COSINE);
    private final Provenance provenance =
            Provenance.of("two <points>", workload, 42, List.of("ruvector", "bench", "--k", "10"));
    private final Report report = report();

    private Report report() {
        List<Measurement> all = new ArrayList<>(AtRecallTest.curve("hnsw", false, 0.9, 1200, 0.99, 440));
        all.addAll(AtRecallTest.curve("hnswlib", true, 0.9, 1000, 0.99, 400));
        Subject odd = new Subject("odd,\"name\"", "", true, new Build("k", 0, Double.NaN));
        all.add(new Measurement(odd, Parameters.none(), 1, 1, new Speed(3, 1, 2, 3)));
        return Report.of(provenance, all);
    }

    @Test
    @SuppressWarnings("unchecked") // the shape of the JSON is what is tested
    void jsonHasOneRecordPerIndexAndPointWithAllFigures() {
        Map<String, Object> json = (Map<String, Object>) JsonReader.read(report.json());
        assertEquals(List.of("provenance", "records", "atRecall", "ratios"), List.copyOf(json.keySet()));
        List<Map<String, Object>> records = (List<Map<String, Object>>) json.get("records");
        assertEquals(5, records.size());
        for (String name : List.of(
                "name", "params", "recall", "qps", "p50", "p95", "p99", "buildSeconds", "bytesPerVector", "kernel")) {
            assertTrue(records.getFirst().containsKey(name), name);
        }
        assertEquals("m=16,ef=10", records.getFirst().get("params"));
        assertEquals(1200.0, records.getFirst().get("qps"));
        List<Map<String, Object>> ratios = (List<Map<String, Object>>) json.get("ratios");
        assertEquals(1.1, (double) ratios.get(4).get("cheapestPoint"), 1e-9);
    }

    @Test
    void provenanceTellsDataAndMachine() {
        Map<String, Object> facts = provenance.facts();
        assertEquals(2, facts.get("n"));
        assertEquals(2, facts.get("dimension"));
        assertEquals("cosine", facts.get("metric"));
        assertEquals(42L, facts.get("seed"));
        assertEquals("ruvector bench --k 10", facts.get("command"));
        for (String name : List.of("cpu", "jdk", "os", "cores", "date")) {
            assertNotNull(facts.get(name), name);
        }
        // What sha256sum prints for the little-endian floats 1 and 2.
        assertEquals("b9c80b5adeca450753a16950c3cc655d271f7bef7a485bc83f112b72fef21d37", facts.get("queriesSha256"));
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        List<String> lines =
                report.csv().lines().filter(line -> !line.startsWith("#")).toList();
        assertEquals(
                "name,params,buildParams,searchParams,peer,threads,recall,qps,p50,p95,p99,buildSeconds,bytesPerVector,kernel",
                lines.getFirst());
        assertEquals("hnsw,\"m=16,ef=10\",m=16,ef=10,false,1,0.9,1200.0,1.0,2.0,3.0,1.5,300.0,scalar", lines.get(1));
        assertTrue(lines.getLast().startsWith("\"odd,\"\"name\"\"\",,,,true,1,1.0"), lines.getLast());
        assertTrue(report.csv().startsWith("# dataset: two <points>\n# baseSha256: "));
    }

    @Test
    void tablesCompareOursWithEachPeer() {
        assertTrue(report.text().contains("1.20 / 1.20"), report.text());
        assertTrue(report.text().contains("1.10 / 1.10"), report.text());
        assertTrue(report.markdown().matches("(?s).*\\| hnsw +\\| m=16 +\\|.*"), report.markdown());
        assertTrue(report.text().matches("(?s).*\nhnsw +ef=10 .*"), report.text());
        assertTrue(report.markdown().contains("- command: `ruvector bench --k 10`"), report.markdown());
    }

    @Test
    void thePlotIsAnImageOfTheStatedSize() throws IOException {
        byte[] png;
        try {
            png = RecallQpsPlot.png(report);
        } catch (UnavailableException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(1000, image.getWidth());
        assertEquals(640, image.getHeight());
    }

    @Test
    void thePageNeedsNoOtherFileAndEscapesText() {
        String page = HtmlReport.render("A & B", report, new byte[] {1, 2, 3}, Map.of("Nearest", "x < y"));
        assertTrue(page.contains("data:image/png;base64,AQID"));
        assertTrue(page.contains("<h1>A &amp; B</h1>"));
        assertTrue(page.contains("x &lt; y"));
        assertTrue(page.contains("two &lt;points&gt;"));
        assertFalse(page.contains("http"), "a reference to somewhere else");
    }

    @Test
    void peersOfOneNameThatDifferInAParameterHaveRatiosOfTheirOwn() {
        List<Measurement> all = new ArrayList<>(AtRecallTest.curve("ours", false, 0.9, 1200, 0.99, 440));
        for (int m : new int[] {98, 196}) {
            Subject peer = new Subject("codes", "m=" + m, true, new Build("k", 1, 100));
            all.add(new Measurement(peer, Parameters.parse("nprobe=4"), 1, 0.99, new Speed(m, 1, 2, 3)));
        }
        String text = Report.of(provenance, all).atRecallTable().plain();
        assertTrue(text.contains("× codes:m=98") && text.contains("× codes:m=196"), text);
        assertTrue(text.contains("4.49 / 4.49") && text.contains("2.24 / 2.24"), text);
    }
}
