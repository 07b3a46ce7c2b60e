package org.ruvector.hypergraph;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one HIF document: first all records, in whatever order they come, then the hypergraph is made of them. */
final class HifReader {

    private final JsonReader json;
    private final HifRecords records = new HifRecords();
    private Map<String, Object> metadata = Map.of();
    private int incomplete;

    HifReader(Reader in) {
        json = new JsonReader(in);
        json.setStrictness(Strictness.STRICT);
    }

    Hif.Document read() throws IOException {
        try {
            readDocument();
        } catch (MalformedJsonException | EOFException e) {
            // The rest of the message is about the parser's own options.
            throw new IllegalArgumentException(
                    "The document is not JSON: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
        return new Hif.Document(records.toHypergraph(), metadata, incomplete);
    }

    private void readDocument() throws IOException {
        expect(JsonToken.BEGIN_OBJECT);
        json.beginObject();
        boolean complete = false;
        while (json.hasNext()) {
            String field = json.nextName();
            switch (field) {
                case "network-type" -> records.networkType = oneOf("undirected", "directed", "asc");
                case "metadata" -> metadata = object();
                case "nodes" -> each(() -> readItem(records.nodes));
                case "edges" -> each(() -> readItem(records.edges));
                case "incidences" -> {
                    each(this::readIncidence);
                    complete = true;
                }
                default -> throw unknown(field, "network-type, metadata, incidences, nodes and edges");
            }
        }
        json.endObject();
        expect(JsonToken.END_DOCUMENT);
        if (!complete) {
            throw new IllegalArgumentException(
                    "The document has no 'incidences'; they may be empty, but must be there");
        }
    }

    @FunctionalInterface
    private interface RecordReader {
        void read() throws IOException;
    }

    private void each(RecordReader record) throws IOException {
        expect(JsonToken.BEGIN_ARRAY);
        json.beginArray();
        while (json.hasNext()) {
            expect(JsonToken.BEGIN_OBJECT);
            json.beginObject();
            record.read();
            json.endObject();
        }
        json.endArray();
    }

    private void readItem(HifRecords.Items items) throws IOException {
        Object id = null;
        Double weight = null;
        Map<String, Object> attributes = Map.of();
        while (json.hasNext()) {
            String field = json.nextName();
            if (field.equals(items.what)) {
                id = id();
            } else if (field.equals("weight")) {
                weight = number();
            } else if (field.equals("attrs")) {
                attributes = object();
            } else {
                throw unknown(field, items.what + ", weight and attrs");
            }
        }
        if (id == null) {
            throw missing(items.what);
        }
        items.add(id, attributes, weight);
    }

    private void readIncidence() throws IOException {
        Object edge = null;
        Object node = null;
        byte direction = 0;
        boolean more = false;
        while (json.hasNext()) {
            String field = json.nextName();
            switch (field) {
                case "edge" -> edge = id();
                case "node" -> node = id();
                case "direction" ->
                    direction = oneOf("tail", "head").equals("tail") ? HifRecords.TAIL : HifRecords.HEAD;
                case "weight" -> {
                    number();
                    more = true;
                }
                case "attrs" -> more |= !object().isEmpty();
                default -> throw unknown(field, "edge, node, weight, direction and attrs");
            }
        }
        if (edge == null || node == null) {
            throw missing(edge == null ? "edge" : "node");
        }
        records.addIncidence(edge, node, direction);
        incomplete += more ? 1 : 0;
    }

    private Object id() throws IOException {
        JsonToken token = json.peek();
        if (token == JsonToken.STRING) {
            return json.nextString();
        }
        if (token != JsonToken.NUMBER) {
            throw new IllegalArgumentException(
                    json.getPath() + " is " + named(token) + "; it must be a text or an integer");
        }
        String text = json.nextString();
        try {
            // 1.0 and 1e3 are integers in JSON, but rare.
            return decimalDigits(text) ? Long.parseLong(text) : new BigDecimal(text).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The id at " + json.getPreviousPath() + " is " + text + "; it must be a text or a 64-bit integer",
                    e);
        }
    }

    private String oneOf(String... allowed) throws IOException {
        expect(JsonToken.STRING);
        String text = json.nextString();
        if (!Arrays.asList(allowed).contains(text)) {
            throw new IllegalArgumentException(
                    json.getPreviousPath() + " is '" + text + "'; allowed are " + String.join(", ", allowed));
        }
        return text;
    }

    private double number() throws IOException {
        expect(JsonToken.NUMBER);
        return parse(json.nextString());
    }

    private double parse(String text) {
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    json.getPreviousPath() + " is " + text + ", which is more than a double can hold");
        }
        return number;
    }

    private Map<String, Object> object() throws IOException {
        expect(JsonToken.BEGIN_OBJECT);
        Map<String, Object> object = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (json.peek() == JsonToken.NULL) {
                json.nextNull();
            } else {
                object.put(name, value());
            }
        }
        json.endObject();
        return object;
    }

    private Object value() throws IOException {
        return switch (json.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> {
                List<Object> list = new ArrayList<>();
                json.beginArray();
                while (json.hasNext()) {
                    list.add(value());
                }
                json.endArray();
                yield list;
            }
            case STRING -> json.nextString();
            case BOOLEAN -> json.nextBoolean();
            case NUMBER -> integerOrDouble();
            default ->
                throw new IllegalArgumentException(json.getPath() + " is null within a list; leave it out instead");
        };
    }

    private Object integerOrDouble() throws IOException {
        String text = json.nextString();
        if (decimalDigits(text)) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                // Beyond 64 bits: as near as a double comes.
                return parse(text);
            }
        }
        return parse(text);
    }

    private static boolean decimalDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '-' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private void expect(JsonToken token) throws IOException {
        JsonToken actual = json.peek();
        if (actual != token) {
            throw new IllegalArgumentException(
                    json.getPath() + " is " + named(actual) + "; it must be " + named(token));
        }
    }

    private static String named(JsonToken token) {
        return switch (token) {
            case BEGIN_OBJECT -> "an object";
            case BEGIN_ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case END_DOCUMENT -> "the end of the document";
            case END_ARRAY, END_OBJECT, NAME -> token.toString();
        };
    }

    private IllegalArgumentException unknown(String field, String allowed) {
        return new IllegalArgumentException(
                json.getPath() + " is a field that HIF does not know: '" + field + "'; allowed are " + allowed);
    }

    private IllegalArgumentException missing(String field) {
        String path = json.getPath();
        // Without the last field within.
        String record = path.substring(0, path.lastIndexOf(']') + 1);
        return new IllegalArgumentException(record + " has no '" + field + "'");
    }
}
