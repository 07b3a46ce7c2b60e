package org.ruvector.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;

/**
 * What stands before the sections. The byte layout is in {@code docs/file-format.md}.
 *
 * @param spec        what index the file holds
 * @param fileLength  bytes of the whole file
 * @param tableOffset where the section table begins
 * @param tableLength bytes of the section table with its checksum
 * @param sections    number of sections
 */
record FileHeader(IndexSpec spec, long fileLength, long tableOffset, int tableLength, int sections) {

    static final byte[] MAGIC = "RUVECTOR".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int VERSION_AT = 8;
    static final int LENGTH_AT = 12;

    /** Everything but the four texts and the checksum. */
    static final int FIXED_BYTES = 44;

    static final int MIN_BYTES = FIXED_BYTES + 4 * 2 + 4;
    static final int MAX_BYTES = FIXED_BYTES + 4 * (2 + 0xffff) + 4;

    /** The number of bytes that {@link #write} makes for this spec. */
    static int bytes(IndexSpec spec) {
        return Arrays.stream(texts(spec)).mapToInt(text -> 2 + text.length).sum() + FIXED_BYTES + 4;
    }

    ByteBuffer write() {
        ByteBuffer to = ByteBuffer.allocate(bytes(spec)).order(ByteOrder.LITTLE_ENDIAN);
        to.put(MAGIC).putInt(VERSION).putInt(to.capacity());
        to.putLong(fileLength).putLong(tableOffset).putInt(tableLength).putInt(sections);
        to.putInt(spec.dimension());
        for (byte[] text : texts(spec)) {
            to.putShort((short) text.length).put(text);
        }
        return to.putInt(Checksum.of(to.slice(0, to.position()))).flip();
    }

    /**
     * Reads what {@link #write} wrote, from the start of the file to the end of the header. Magic, version and checksum
     * were looked at before.
     *
     * @throws IllegalArgumentException          if a value is out of its range
     * @throws java.nio.BufferUnderflowException if the texts are longer than the header
     */
    static FileHeader read(ByteBuffer from) {
        from.order(ByteOrder.LITTLE_ENDIAN).position(LENGTH_AT + 4);
        long fileLength = from.getLong();
        long tableOffset = from.getLong();
        int tableLength = from.getInt();
        int sections = from.getInt();
        int dimension = from.getInt();
        String provider = text(from);
        Parameters parameters = Parameters.parse(text(from));
        Metric metric = Metric.of(text(from));
        ElementType type = elementType(text(from));
        return new FileHeader(
                new IndexSpec(provider, parameters, metric, type, dimension),
                fileLength,
                tableOffset,
                tableLength,
                sections);
    }

    private static byte[][] texts(IndexSpec spec) {
        String[] texts = {
            spec.provider(),
            spec.parameters().toString(),
            spec.metric().text(),
            spec.type().text()
        };
        byte[][] encoded = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            encoded[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            if (encoded[i].length > 0xffff) {
                throw new IllegalArgumentException("'" + texts[i].substring(0, 40) + "…' is " + encoded[i].length
                        + " bytes long; a text in an index file's header has at most " + 0xffff);
            }
        }
        return encoded;
    }

    private static String text(ByteBuffer from) {
        byte[] text = new byte[Short.toUnsignedInt(from.getShort())];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ElementType elementType(String text) {
        return Arrays.stream(ElementType.values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown element type '" + text + "'"));
    }
}
