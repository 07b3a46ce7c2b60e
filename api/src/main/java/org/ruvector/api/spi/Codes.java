package org.ruvector.api.spi;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Compressed vectors, one fixed-size code after another.
 *
 * @param segment   native, at least {@code count · codeBytes} bytes
 * @param codeBytes bytes per code, at least 1
 * @param count     number of codes
 */
public record Codes(MemorySegment segment, int codeBytes, int count) {

    /** Refuses a segment that is on the heap or too short. */
    public Codes {
        Objects.requireNonNull(segment, "segment");
        if (codeBytes < 1 || count < 0) {
            throw new IllegalArgumentException(
                    count + " codes of " + codeBytes + " bytes: the count must be 0 or more, the size 1 or more");
        }
        if (!segment.isNative() || segment.byteSize() < (long) count * codeBytes) {
            throw new IllegalArgumentException("The codes need a native block of " + (long) count * codeBytes
                    + " bytes, but got " + segment.byteSize() + (segment.isNative() ? "" : " on the heap"));
        }
    }
}
