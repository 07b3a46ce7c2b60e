package org.ruvector.storage;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), which today's processors compute in hardware. */
final class Checksum {

    private static final long SLICE = 1L << 30;

    private Checksum() {}

    static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Of a native segment of any size: a byte buffer ends at 2 GiB, so it goes by slices. */
    static int of(MemorySegment bytes) {
        CRC32C crc = new CRC32C();
        for (long from = 0; from < bytes.byteSize(); from += SLICE) {
            crc.update(bytes.asSlice(from, Math.min(SLICE, bytes.byteSize() - from))
                    .asByteBuffer());
        }
        return (int) crc.getValue();
    }
}
