package org.ruvector.embed.minilm;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the vocabulary out of a {@code tokenizer.json}: the object {@code model.vocab} of piece to id, and nothing
 * else.
 *
 * <p>A strict JSON reader of one pass that skips what it is not asked for.
 */
final class TokenizerFile {

    private final String name;
    private final String json;
    private int at;

    private TokenizerFile(String name, String json) {
        this.name = name;
        this.json = json;
    }

    /**
     * @param name what to call the file in errors
     * @param json its content
     * @return piece to id; ids are 0 to size − 1, each once
     * @throws IOException if it is not JSON, has no {@code model.vocab}, or the ids are not as above
     */
    static Map<String, Integer> vocabulary(String name, String json) throws IOException {
        TokenizerFile file = new TokenizerFile(name, json);
        if (!file.enter("model") || !file.enter("vocab")) {
            throw new IOException(name + ": no object model.vocab in it; expected a tokenizer file of the Hugging Face"
                    + " tokenizers library with a WordPiece model");
        }
        return file.entries();
    }

    /** Moves into the object at the cursor, behind the colon of this key; false if the key is not there. */
    private boolean enter(String key) throws IOException {
        expect('{');
        if (peek() == '}') {
            return false;
        }
        while (true) {
            String found = string();
            expect(':');
            if (found.equals(key)) {
                return peek() == '{';
            }
            skipValue();
            if (peek() != ',') {
                return false;
            }
            at++;
        }
    }

    private Map<String, Integer> entries() throws IOException {
        Map<String, Integer> entries = HashMap.newHashMap(1 << 15);
        expect('{');
        if (peek() == '}') {
            throw malformed("an empty vocabulary");
        }
        int highest = -1;
        do {
            String piece = string();
            expect(':');
            int id = number();
            highest = Math.max(highest, id);
            if (entries.put(piece, id) != null) {
                throw malformed("the piece '" + piece + "' a second time");
            }
        } while (separator());
        if (highest != entries.size() - 1
                || entries.values().stream().distinct().count() != entries.size()) {
            throw malformed(
                    entries.size() + " pieces with ids that are not 0 to " + (entries.size() - 1) + ", each once");
        }
        return Map.copyOf(entries);
    }

    /** True behind a comma, false behind the closing brace. */
    private boolean separator() throws IOException {
        char c = peek();
        if (c != ',' && c != '}') {
            throw malformed("'" + c + "' where a comma or a closing brace belongs");
        }
        at++;
        return c == ',';
    }

    private void skipValue() throws IOException {
        int depth = 0;
        do {
            char c = peek();
            switch (c) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                default -> literal();
            }
        } while (depth > 0);
        if (depth < 0) {
            throw malformed("a closing bracket where a value belongs");
        }
    }

    /** A number, true, false or null. */
    private void literal() throws IOException {
        int start = at;
        while (at < json.length()
                && (Character.isLetterOrDigit(json.charAt(at)) || "+-.".indexOf(json.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw malformed("'" + json.charAt(at) + "' where a value belongs");
        }
    }

    private int number() throws IOException {
        peek();
        int start = at;
        literal();
        try {
            return Integer.parseUnsignedInt(json, start, at, 10);
        } catch (NumberFormatException e) {
            String found = json.substring(start, at);
            at = start;
            throw malformed("'" + found + "' where a token id belongs");
        }
    }

    private String string() throws IOException {
        expect('"');
        int end = json.indexOf('"', at);
        if (end >= 0 && json.indexOf('\\', at, end) < 0) {
            String plain = json.substring(at, end);
            at = end + 1;
            return plain;
        }
        StringBuilder text = new StringBuilder();
        while (at < json.length()) {
            char c = json.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            text.append(c == '\\' ? escaped() : c);
        }
        throw malformed("the end of the file inside a string");
    }

    private char escaped() throws IOException {
        char c = at < json.length() ? json.charAt(at++) : '\0';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                try {
                    char unit = (char) Integer.parseUnsignedInt(json, at, Math.min(at + 4, json.length()), 16);
                    at += 4;
                    yield unit;
                } catch (NumberFormatException e) {
                    throw malformed("a broken \\u escape");
                }
            }
            default -> throw malformed("the unknown escape '\\" + c + "'");
        };
    }

    private void expect(char expected) throws IOException {
        char c = peek();
        if (c != expected) {
            throw malformed("'" + c + "' where '" + expected + "' belongs");
        }
        at++;
    }

    /** The next character that is not white space, not consumed. */
    private char peek() throws IOException {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        if (at >= json.length()) {
            throw malformed("the end of the file");
        }
        return json.charAt(at);
    }

    private IOException malformed(String what) {
        return new IOException(name + ", character " + at + ": found " + what);
    }
}
