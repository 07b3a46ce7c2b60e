package org.ruvector.datasets;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Checksums of memory of any length. */
final class Checksum {

    private static final int SLICE_BYTES = 1 << 16;

    private Checksum() {}

    /** SHA-256 over the parts one after another, as 64 hexadecimal digits. */
    static String sha256(MemorySegment... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] slice = new byte[SLICE_BYTES];
        for (MemorySegment part : parts) {
            for (long at = 0; at < part.byteSize(); at += SLICE_BYTES) {
                int n = (int) Math.min(SLICE_BYTES, part.byteSize() - at);
                MemorySegment.copy(part, ValueLayout.JAVA_BYTE, at, slice, 0, n);
                digest.update(slice, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** CRC-32C of at most 2 GiB. */
    static int crc32c(MemorySegment part) {
        CRC32C crc = new CRC32C();
        crc.update(part.asByteBuffer());
        return (int) crc.getValue();
    }
}
