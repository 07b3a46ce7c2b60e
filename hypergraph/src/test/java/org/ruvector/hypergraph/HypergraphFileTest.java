package org.ruvector.hypergraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.IndexFileException.Corrupt;
import org.ruvector.storage.RecordFile;

final class HypergraphFileTest {

    @Provide
    Arbitrary<MutableHypergraph> annotated() {
        return HypergraphArbitraries.annotated();
    }

    private static byte[] written(Hypergraph hypergraph) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HypergraphFile.write(hypergraph, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static MutableHypergraph read(byte[] bytes) throws IOException {
        return HypergraphFile.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Property(tries = 300, seed = "1")
    void whatIsReadIsWhatWasWrittenGapsIncluded(@ForAll("annotated") MutableHypergraph hypergraph) throws IOException {
        FrozenHypergraph frozen = hypergraph.freeze();
        FrozenHypergraph read = read(written(frozen)).freeze();
        assertEquals(frozen, read);
        assertEquals(frozen.nodeAnnotations().toString(), read.nodeAnnotations().toString());
        assertEquals(frozen.dual(), read(written(frozen.dual())).freeze(), "the dual can have gaps and no nodes");
    }

    @Test
    void aFileIsLoadedAsItWasSaved(@TempDir Path folder) throws IOException {
        MutableHypergraph hypergraph = GoldenHypergraph.all();
        hypergraph.removeEdge(59);
        hypergraph.setNodeName(3, "x".repeat(100_000) + "\ud83d\ude00");
        Path file = folder.resolve("golden");
        HypergraphFile.save(hypergraph.freeze(), file);
        MutableHypergraph loaded = HypergraphFile.load(file);
        assertEquals(hypergraph.freeze(), loaded.freeze());
        assertEquals(60, loaded.addEdge(0, 1), "it goes on where it was, the gap at the end included");
    }

    @Test
    void aFileOfOtherPartsIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other");
        RecordFile.save(file, Map.of("other", out -> out.writeInt(1)));
        assertThrows(Corrupt.class, () -> HypergraphFile.load(file));
    }

    @Property(tries = 100, seed = "1")
    void damageIsRefusedOrHarmlessButNeverAnotherException(
            @ForAll("annotated") MutableHypergraph hypergraph, @ForAll long seed) throws IOException {
        byte[] bytes = written(hypergraph.freeze());
        SplittableRandom random = new SplittableRandom(seed);
        for (int change = 0; change < 40; change++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                // What can be read is a hypergraph that can be written.
                written(read(damaged).freeze());
            } catch (IllegalArgumentException | IOException e) {
                // Refused.
            }
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThrows(EOFException.class, () -> read(shorter));
        }
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    /** Writes a version, and nodes of these degrees, then whatever comes. */
    private static String refusal(List<Integer> degrees, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        ints(out, 1, degrees.size());
        for (int degree : degrees) {
            out.writeInt(degree);
        }
        content.write(out);
        return assertThrows(IllegalArgumentException.class, () -> read(bytes.toByteArray()))
                .getMessage();
    }

    private static void ints(DataOutputStream out, int... values) throws IOException {
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static void edge(DataOutputStream out, int tail, double weight, int... nodes) throws IOException {
        ints(out, nodes.length, tail);
        out.writeDouble(weight);
        ints(out, nodes);
    }

    @Test
    void malformedHypergraphsAreRefused() throws IOException {
        assertEquals("There is no node 2: there are 2, counted from 0; add it first", refusal(List.of(1, 1), out -> {
            ints(out, 1);
            edge(out, 0, 1, 0, 2);
        }));
        assertEquals("hyperedge 0 has node 0 after 1; they must ascend", refusal(List.of(1, 1), out -> {
            ints(out, 1);
            edge(out, 0, 1, 1, 0);
        }));
        assertEquals("hyperedge 0 has node 1 after 1; they must ascend", refusal(List.of(1, 1), out -> {
            ints(out, 1);
            edge(out, 1, 1, 0, 1, 1);
        }));
        assertEquals("Node 1 is in the tail and in the head; they must be disjoint", refusal(List.of(1, 1), out -> {
            ints(out, 1);
            edge(out, 2, 1, 0, 1, 1);
        }));
        assertEquals(
                "hyperedge 0 has 2 nodes and a tail of 2; a head must be left, or the tail be 0",
                refusal(List.of(1, 1), out -> {
                    ints(out, 1);
                    edge(out, 2, 1, 0, 1);
                }));
        assertEquals("The weight is NaN; it must be a finite number", refusal(List.of(1, 1), out -> {
            ints(out, 1);
            edge(out, 0, Double.NaN, 0, 1);
        }));
        assertEquals("node 1 should be in 2 hyperedges, but is in 1", refusal(List.of(1, 2), out -> {
            ints(out, 1);
            edge(out, 0, 1, 0, 1);
        }));
        assertEquals("There is no hyperedge 0: it was removed", refusal(List.of(), out -> {
            // One gap that has a name.
            ints(out, 1, 0, 0, 0, 0, 1, 0, 0);
        }));
        assertEquals("annotations of 0 follow those of 0; ordinals must ascend from 0", refusal(List.of(0), out -> {
            ints(out, 0, 2, 0, 0, 0, 0);
        }));
        assertEquals("the number of hyperedges is -1", refusal(List.of(), out -> ints(out, -1)));
        assertEquals("lists and maps lie within each other over 64 deep", refusal(List.of(0), out -> {
            ints(out, 0, 0, 1, 0);
            ints(out, 1, 0);
            for (int i = 0; i < 100_000; i++) {
                out.writeByte(4);
                out.writeInt(1);
            }
        }));
        assertEquals("there are no attributes of kind 9", refusal(List.of(0), out -> {
            ints(out, 0, 0, 1, 0, 1, 0);
            out.writeByte(9);
        }));
    }

    @Test
    void hugeCountsTakeNoMemoryBeforeTheBytesAreThere() {
        for (int[] head :
                new int[][] {{1, Integer.MAX_VALUE}, {1, 0, Integer.MAX_VALUE}, {1, 1, 0, 1, Integer.MAX_VALUE, 0, 0, 0}
                }) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            assertThrows(EOFException.class, () -> {
                ints(new DataOutputStream(bytes), head);
                read(bytes.toByteArray());
            });
        }
    }

    @Test
    void anotherFormatVersionIsRefused() {
        assertEquals(
                "the hypergraph has format version 2; this program reads version 1",
                assertThrows(IllegalArgumentException.class, () -> read(new byte[] {0, 0, 0, 2}))
                        .getMessage());
    }
}
