package org.ruvector.hypergraph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;

/** The hypergraph of which XGI 0.10.1 computed reference values. */
@SuppressWarnings("exports") // Tests are in the module, what they need is not.
public final class GoldenHypergraph {

    private GoldenHypergraph() {}

    /** The reference values. */
    public static JsonObject values() {
        try (Reader reader = new InputStreamReader(
                GoldenHypergraph.class.getResourceAsStream("hypergraph_golden.json"), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All 60 hyperedges, each of 20 sets three times. */
    public static MutableHypergraph all() {
        MutableHypergraph hypergraph = new MutableHypergraph(20);
        for (JsonElement edge : values().getAsJsonArray("edges_in_time_order")) {
            hypergraph.addEdge(ints(edge.getAsJsonArray()));
        }
        return hypergraph;
    }

    /** The 20 distinct hyperedges. */
    public static MutableHypergraph distinct() {
        TreeSet<int[]> sets = new TreeSet<>(Arrays::compare);
        for (JsonElement edge : values().getAsJsonArray("edges_in_time_order")) {
            sets.add(ints(edge.getAsJsonArray()));
        }
        MutableHypergraph hypergraph = new MutableHypergraph(20);
        sets.forEach(hypergraph::addEdge);
        return hypergraph;
    }

    /** An array of integers. */
    public static int[] ints(JsonArray array) {
        return array.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    }
}
