package org.ruvector.bench;

import java.util.List;
import java.util.Map;

/**
 * Writes JSON (RFC 8259): maps, lists, strings, numbers, booleans and null. NaN and infinity, which JSON lacks, become null.
 */
public final class Json {

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /**
     * The text of a value, indented by two blanks.
     *
     * @param value a map with string keys, a list, a string, a number, a boolean or null, nested at will
     * @return the text, ending with a line feed
     * @throws IllegalArgumentException if there is anything else in it
     */
    public static String write(Object value) {
        Json json = new Json();
        json.append(value, 0);
        return json.text.append('\n').toString();
    }

    private void append(Object value, int depth) {
        switch (value) {
            case null -> text.append("null");
            case String string -> quote(string);
            case Boolean truth -> text.append(truth);
            case Double number when !Double.isFinite(number) -> text.append("null");
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> text.append(number.longValue());
            case Double number -> text.append(number);
            case Integer number -> text.append(number);
            case Long number -> text.append(number);
            case Map<?, ?> map -> {
                char separator = '{';
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    text.append(separator);
                    line(depth + 1);
                    quote((String) entry.getKey());
                    text.append(": ");
                    append(entry.getValue(), depth + 1);
                    separator = ',';
                }
                close(map.isEmpty(), depth, '{', '}');
            }
            case List<?> list -> {
                char separator = '[';
                for (Object element : list) {
                    text.append(separator);
                    line(depth + 1);
                    append(element, depth + 1);
                    separator = ',';
                }
                close(list.isEmpty(), depth, '[', ']');
            }
            default ->
                throw new IllegalArgumentException(
                        value.getClass().getName() + " is nothing that JSON knows; turn it into text or a map first");
        }
    }

    private void close(boolean empty, int depth, char open, char close) {
        if (empty) {
            text.append(open);
        } else {
            line(depth);
        }
        text.append(close);
    }

    private void line(int depth) {
        text.append('\n').append("  ".repeat(depth));
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c < ' ' || Character.isSurrogate(c)) {
                // A lone surrogate cannot be encoded in UTF-8; escaping all of them keeps every string readable.
                text.append("\\u").append(Character.forDigit(c >> 12, 16));
                text.append(Character.forDigit(c >> 8 & 15, 16)).append(Character.forDigit(c >> 4 & 15, 16));
                text.append(Character.forDigit(c & 15, 16));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
