package org.ruvector.bench.micro;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.ruvector.api.BuildContext;
import org.ruvector.datasets.KeyDistribution;

/**
 * Keys to measure with: a distribution ({@code uniform}, {@code lognormal}, …), {@code times:FOLDER} for the times, in nanoseconds since
 * 1970, at which the files below a folder were last changed, or {@code FILE} with one whole number a line.
 */
final class KeyColumn {

    private static final String TIMES = "times:";

    private KeyColumn() {}

    /**
     * Reads or draws keys.
     *
     * @param count how many to draw; what is read is all there is
     * @return ascending
     * @throws IllegalArgumentException if there are none
     */
    static long[] read(String column, int count) throws IOException {
        for (KeyDistribution distribution : KeyDistribution.values()) {
            if (distribution.text().equals(column)) {
                return distribution.keys(count, BuildContext.DEFAULT_SEED);
            }
        }
        long[] keys =
                column.startsWith(TIMES) ? times(Path.of(column.substring(TIMES.length()))) : numbers(Path.of(column));
        if (keys.length == 0) {
            throw new IllegalArgumentException("There are no keys in " + column);
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Whether it is drawn, and not read. */
    static boolean isDrawn(String column) {
        return Stream.of(KeyDistribution.values())
                .anyMatch(distribution -> distribution.text().equals(column));
    }

    private static long[] numbers(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    file + " is no file; take one with a number a line, " + TIMES + "FOLDER, or one of "
                            + Stream.of(KeyDistribution.values())
                                    .map(KeyDistribution::text)
                                    .collect(Collectors.joining(", ")));
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }

    private static long[] times(Path folder) throws IOException {
        LongStream.Builder times = LongStream.builder();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                times.add(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // What may not be read has no part in it.
                return FileVisitResult.CONTINUE;
            }
        });
        return times.build().toArray();
    }
}
