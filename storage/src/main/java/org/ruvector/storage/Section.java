package org.ruvector.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One line of the section table. */
record Section(String name, long offset, long length, int checksum) {

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,254}");

    /** Sections start at multiples of this, so that each is page-aligned where it is mapped. */
    static final long ALIGNMENT = 4096;

    static final int MIN_BYTES = 2 + 1 + 8 + 8 + 4;

    int bytes() {
        return MIN_BYTES - 1 + name.length();
    }

    void write(ByteBuffer to) {
        to.putShort((short) name.length());
        to.put(name.getBytes(StandardCharsets.US_ASCII));
        to.putLong(offset).putLong(length).putInt(checksum);
    }

    static Section read(ByteBuffer from) {
        byte[] name = new byte[Short.toUnsignedInt(from.getShort())];
        from.get(name);
        return new Section(new String(name, StandardCharsets.US_ASCII), from.getLong(), from.getLong(), from.getInt());
    }
}
