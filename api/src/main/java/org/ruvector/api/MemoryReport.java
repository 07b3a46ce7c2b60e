package org.ruvector.api;

import java.util.List;

/**
 * Where an index's bytes are.
 *
 * @param parts what there is, each part once; unmodifiable
 */
public record MemoryReport(List<Part> parts) {

    /**
     * One block of memory.
     *
     * @param name   what it holds, for example {@code vectors}
     * @param bytes  its size
     * @param mapped whether it is mapped from a file, so that the operating system may drop it, or held in memory
     */
    public record Part(String name, long bytes, boolean mapped) {}

    /** Makes the list unmodifiable. */
    public MemoryReport {
        parts = List.copyOf(parts);
    }

    /** Bytes of all parts. */
    public long total() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** Bytes of the parts held in memory. */
    public long resident() {
        return parts.stream()
                .filter(part -> !part.mapped())
                .mapToLong(Part::bytes)
                .sum();
    }

    /** Bytes of all parts for each of {@code size} vectors; 0 for an empty index. */
    public double perVector(int size) {
        return size == 0 ? 0 : (double) total() / size;
    }
}
