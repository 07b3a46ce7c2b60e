package org.ruvector.hypergraph.skills;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PrefixSpanTest {

    /** {@code <a(bc)>} and the like: letters are items, brackets join those of one element. */
    private static int[][] parse(String text) {
        List<int[]> elements = new ArrayList<>();
        for (int i = 1; i < text.length() - 1; i++) {
            int end = text.charAt(i) == '(' ? text.indexOf(')', i) : i + 1;
            int from = text.charAt(i) == '(' ? i + 1 : i;
            elements.add(text.substring(from, end).chars().map(c -> c - 'a').toArray());
            i = text.charAt(i) == '(' ? end : i;
        }
        return elements.toArray(int[][]::new);
    }

    private static String print(int[][] elements) {
        StringBuilder text = new StringBuilder("<");
        for (int[] element : elements) {
            StringBuilder items = new StringBuilder();
            Arrays.stream(element).forEach(item -> items.append((char) ('a' + item)));
            text.append(element.length == 1 ? items.toString() : "(" + items + ")");
        }
        return text.append('>').toString();
    }

    private static Map<String, List<Integer>> found(List<SequencePattern> patterns) {
        Map<String, List<Integer>> found = new TreeMap<>();
        for (SequencePattern pattern : patterns) {
            List<Integer> sequences = Arrays.stream(pattern.sequences()).boxed().toList();
            assertEquals(sequences.size(), pattern.support());
            assertNull(found.put(print(pattern.elements()), sequences), "found twice");
        }
        return found;
    }

    @Test
    void thePapersExampleHasExactlyItsFiftyThreePatterns() throws IOException {
        JsonObject example;
        try (Reader reader = new InputStreamReader(
                PrefixSpanTest.class.getResourceAsStream("/org/ruvector/hypergraph/prefixspan_paper_example.json"),
                StandardCharsets.UTF_8)) {
            example = JsonParser.parseReader(reader).getAsJsonObject();
        }
        List<int[][]> database = new ArrayList<>();
        for (JsonElement sequence : example.getAsJsonArray("db")) {
            database.add(parse(sequence.getAsString()));
        }
        Map<String, Integer> expected = new TreeMap<>();
        example.getAsJsonObject("patterns")
                .entrySet()
                .forEach(pattern ->
                        expected.put(pattern.getKey(), pattern.getValue().getAsInt()));
        assertEquals(53, expected.size());

        Map<String, Integer> mined = new TreeMap<>();
        found(new PrefixSpan(example.get("min_sup").getAsInt(), 100, SequenceConstraints.NONE).mine(database))
                .forEach((pattern, sequences) -> mined.put(pattern, sequences.size()));

        assertEquals(expected, mined);
    }

    @Test
    void patternsComeInTheOrderOfGrowth() {
        List<String> order = new PrefixSpan(1, 2, SequenceConstraints.NONE)
                .mine(List.<int[][]>of(parse("<a(ab)>"))).stream()
                        .map(pattern -> print(pattern.elements()))
                        .toList();
        assertEquals(List.of("<a>", "<aa>", "<(ab)>", "<ab>", "<b>"), order);
    }

    @Test
    void aLaterMatchMayBeTheOnlyOneThatGoesOn() {
        // The first a is too far from b; the projection must know the second.
        List<int[][]> database = List.<int[][]>of(parse("<axxab>"));
        PrefixSpan near = new PrefixSpan(1, 2, new SequenceConstraints(1, 1, Integer.MAX_VALUE));
        assertTrue(found(near.mine(database)).containsKey("<ab>"));
        PrefixSpan narrow = new PrefixSpan(1, 2, new SequenceConstraints(1, Integer.MAX_VALUE, 1));
        assertTrue(found(narrow.mine(database)).containsKey("<ab>"));
    }

    @Test
    void illegalInputIsRefusedWithItsPlace() {
        PrefixSpan miner = new PrefixSpan(1, 3, SequenceConstraints.NONE);
        int[][] empty = {{0}, {}};
        int[][] twice = {{1, 1}};
        int[][] negative = {{-1}};
        assertEquals(
                "Element 1 of sequence 1 is empty; leave it out",
                assertThrows(IllegalArgumentException.class, () -> miner.mine(List.of(new int[0][], empty)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> miner.mine(List.<int[][]>of(twice)));
        assertThrows(IllegalArgumentException.class, () -> miner.mine(List.<int[][]>of(negative)));
        assertThrows(IllegalArgumentException.class, () -> new PrefixSpan(0, 3, SequenceConstraints.NONE));
        assertThrows(IllegalArgumentException.class, () -> new PrefixSpan(1, 0, SequenceConstraints.NONE));
        assertThrows(IllegalArgumentException.class, () -> new PrefixSpan(1, 1, null));
        assertThrows(IllegalArgumentException.class, () -> new SequenceConstraints(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SequenceConstraints(2, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SequenceConstraints(1, 1, -1));
    }

    @Test
    void nothingIsFoundInNothing() {
        PrefixSpan miner = new PrefixSpan(1, 3, SequenceConstraints.NONE);
        assertEquals(List.of(), miner.mine(List.of()));
        assertEquals(List.of(), miner.mine(List.<int[][]>of(new int[0][])));
    }

    @Provide
    Arbitrary<List<int[][]>> databases() {
        Arbitrary<int[]> element = Arbitraries.integers()
                .between(1, 7)
                .map(bits -> IntStream.range(0, 3)
                        .filter(item -> ((bits >> item) & 1) == 1)
                        .toArray());
        return element.array(int[][].class).ofMaxSize(5).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<SequenceConstraints> constraints() {
        Arbitrary<Integer> gap = Arbitraries.integers().between(1, 3);
        Arbitrary<Integer> more = Arbitraries.of(0, 1, 2, Integer.MAX_VALUE - 3);
        Arbitrary<Integer> span = Arbitraries.of(0, 1, 2, 3, 4, Integer.MAX_VALUE);
        return Combinators.combine(gap, more, span)
                .as((least, between, widest) -> new SequenceConstraints(least, least + between, widest));
    }

    @Property(tries = 300, seed = "1")
    void withoutConstraintsItFindsWhatEnumerationFinds(
            @ForAll("databases") List<int[][]> database, @ForAll @IntRange(min = 1, max = 3) int support) {
        assertEquals(
                enumerated(database, support, 4, SequenceConstraints.NONE),
                found(new PrefixSpan(support, 4, SequenceConstraints.NONE).mine(database)));
    }

    @Property(tries = 500, seed = "2")
    void withGapsAndSpansItFindsWhatEnumerationFinds(
            @ForAll("databases") List<int[][]> database,
            @ForAll("constraints") SequenceConstraints constraints,
            @ForAll @IntRange(min = 1, max = 2) int support) {
        assertEquals(
                enumerated(database, support, 4, constraints),
                found(new PrefixSpan(support, 4, constraints).mine(database)));
    }

    @Property(tries = 300, seed = "3")
    void patternsOfTheLastSequenceAreThoseOfAllThatItContains(
            @ForAll("databases") List<int[][]> database, @ForAll("constraints") SequenceConstraints constraints) {
        PrefixSpan miner = new PrefixSpan(1, 3, constraints);
        Map<String, List<Integer>> expected = found(miner.mine(database));
        expected.values().removeIf(sequences -> sequences.getLast() != database.size() - 1);
        assertEquals(expected, found(miner.mineLast(database)));
    }

    @Property(tries = 300, seed = "4")
    void aPatternIsFoundInExactlyTheSequencesThatSupportIt(
            @ForAll("databases") List<int[][]> database, @ForAll("constraints") SequenceConstraints constraints) {
        for (SequencePattern pattern : new PrefixSpan(1, 4, constraints).mine(database)) {
            List<Integer> containing = new ArrayList<>();
            for (int s = 0; s < database.size(); s++) {
                Optional<int[]> positions = constraints.find(pattern.elements(), database.get(s));
                if (positions.isPresent()) {
                    containing.add(s);
                    requireMatch(pattern.elements(), database.get(s), positions.get(), constraints);
                }
            }
            assertEquals(Arrays.stream(pattern.sequences()).boxed().toList(), containing);
        }
    }

    private static void requireMatch(
            int[][] pattern, int[][] sequence, int[] positions, SequenceConstraints constraints) {
        assertEquals(pattern.length, positions.length);
        for (int i = 0; i < positions.length; i++) {
            Set<Integer> items = new HashSet<>();
            Arrays.stream(sequence[positions[i]]).forEach(items::add);
            assertTrue(Arrays.stream(pattern[i]).allMatch(items::contains));
        }
        assertTrue(allowed(positions, constraints), Arrays.toString(positions));
    }

    @Test
    void theMatchThatEndsFirstIsFound() {
        assertArrayEquals(
                new int[] {1, 2},
                SequenceConstraints.NONE.find(parse("<ab>"), parse("<aabb>")).orElseThrow());
        assertArrayEquals(
                new int[] {2, 4},
                new SequenceConstraints(2, 2, 9)
                        .find(parse("<ab>"), parse("<abaxb>"))
                        .orElseThrow());
    }

    private static boolean allowed(int[] positions, SequenceConstraints constraints) {
        for (int i = 1; i < positions.length; i++) {
            int gap = positions[i] - positions[i - 1];
            if (gap < constraints.minGap() || gap > constraints.maxGap()) {
                return false;
            }
        }
        return positions[positions.length - 1] - positions[0] <= constraints.maxSpan();
    }

    /** All patterns by trying every choice of elements and every subset of their items. */
    private static Map<String, List<Integer>> enumerated(
            List<int[][]> database, int support, int maxLength, SequenceConstraints constraints) {
        Map<String, List<Integer>> all = new TreeMap<>();
        for (int s = 0; s < database.size(); s++) {
            int[][] sequence = database.get(s);
            Set<String> here = new HashSet<>();
            for (int chosen = 1; chosen < 1 << sequence.length; chosen++) {
                int[] positions = members(chosen, sequence.length);
                if (allowed(positions, constraints)) {
                    subsets(sequence, positions, 0, new ArrayList<>(), maxLength, here);
                }
            }
            for (String pattern : here) {
                all.computeIfAbsent(pattern, unseen -> new ArrayList<>()).add(s);
            }
        }
        all.values().removeIf(sequences -> sequences.size() < support);
        return all;
    }

    private static int[] members(int bits, int bound) {
        return IntStream.range(0, bound).filter(i -> ((bits >> i) & 1) == 1).toArray();
    }

    private static void subsets(
            int[][] sequence, int[] positions, int at, List<int[]> chosen, int left, Set<String> patterns) {
        if (at == positions.length) {
            patterns.add(print(chosen.toArray(int[][]::new)));
            return;
        }
        int[] element = sequence[positions[at]];
        for (int bits = 1; bits < 1 << element.length; bits++) {
            if (Integer.bitCount(bits) <= left) {
                chosen.add(Arrays.stream(members(bits, element.length))
                        .map(i -> element[i])
                        .toArray());
                subsets(sequence, positions, at + 1, chosen, left - Integer.bitCount(bits), patterns);
                chosen.removeLast();
            }
        }
    }
}
