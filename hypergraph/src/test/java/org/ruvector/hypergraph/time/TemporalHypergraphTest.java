package org.ruvector.hypergraph.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.IndexFileException.Corrupt;

final class TemporalHypergraphTest {

    /** Changes of all kinds in random order, with what they should lead to. */
    private static void change(TemporalHypergraph temporal, ModelTimes model, SplittableRandom random, int changes) {
        temporal.addNodes(10);
        for (int i = 0; i < changes; i++) {
            Validity validity = model.validity();
            int[] nodes =
                    random.ints(0, 10).distinct().limit(random.nextInt(2, 5)).toArray();
            int kind = random.nextInt(20);
            if (kind < 3) {
                model.put(temporal.addEvent(validity.from(), nodes), Validity.at(validity.from()));
            } else if (kind < 4) {
                int[] one = {nodes[0]};
                int[] other = {nodes[1]};
                model.put(temporal.addDirectedEvent(validity.from(), one, other), Validity.at(validity.from()));
                model.put(temporal.addDirectedFact(validity, other, one), validity);
            } else if (kind < 13) {
                model.put(temporal.addFact(validity, nodes), validity);
            } else if (model.size() > 0) {
                changeOne(temporal, model, random, kind);
            }
        }
    }

    private static void changeOne(TemporalHypergraph temporal, ModelTimes model, SplittableRandom random, int kind) {
        int edge = model.any();
        Validity before = model.all().get(edge);
        if (kind < 17 && before.open()) {
            long until = Math.max(before.from(), model.instant());
            temporal.close(edge, until);
            model.put(edge, new Validity(before.from(), until));
        } else if (kind < 18) {
            temporal.removeEdge(edge);
            model.remove(edge);
        } else if (kind == 18) {
            BitSet gone = new BitSet();
            gone.set(edge);
            gone.set(model.any());
            temporal.removeEdges(gone);
            gone.stream().forEach(model::remove);
        } else {
            temporal.setWeight(edge, random.nextInt(5));
            temporal.setEdgeName(edge, "edge " + edge);
            temporal.setEdgeAttribute(edge, "was", before.toString());
            temporal.setEdgeEmbedding(edge, new float[] {edge, 1});
        }
    }

    private static void requireSame(ModelTimes model, TemporalHypergraph temporal) {
        temporal.read(view -> {
            assertEquals(model.size(), view.graph().edges());
            model.all().forEach((edge, validity) -> assertEquals(validity, view.validity(edge)));
            assertArrayEquals(model.matching(v -> true), view.window(Long.MIN_VALUE, Validity.OPEN));
            assertArrayEquals(model.matching(v -> true), view.beginning(Long.MIN_VALUE, Validity.OPEN));
            for (int i = 0; i < 12; i++) {
                long[] bounds = model.sortedInstants();
                long start = bounds[0];
                long end = bounds[1];
                String what = start + " to " + end;
                assertArrayEquals(model.window(start, end), view.window(start, end), what);
                assertArrayEquals(model.beginning(start, end), view.beginning(start, end), what);
                if (start < Validity.OPEN) {
                    assertArrayEquals(model.matching(v -> v.holds(start)), view.asOf(start), what);
                }
                for (Granularity granularity : Granularity.values()) {
                    assertArrayEquals(
                            model.histogram(granularity, start, end),
                            view.histogram(granularity, start, end).toArray(),
                            what);
                    if (start < Validity.OPEN) {
                        long bucket = granularity.start(start);
                        assertArrayEquals(
                                model.matching(v -> granularity.start(v.from()) == bucket),
                                view.beginning(granularity, start),
                                what);
                    }
                }
            }
            return null;
        });
    }

    @Property(tries = 300, seed = "1")
    void windowsAreWhatBruteForceFinds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ModelTimes model = new ModelTimes(random);
        TemporalHypergraph temporal = new TemporalHypergraph();
        change(temporal, model, random, random.nextInt(1, 250));
        requireSame(model, temporal);
    }

    /** Whoever looks back sees what was seen at the time: what comes later in time does not change it, out of order or not. */
    @Property(tries = 100, seed = "2")
    void whatBeginsOrEndsLaterDoesNotChangeThePast(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ModelTimes model = new ModelTimes(random);
        TemporalHypergraph temporal = new TemporalHypergraph();
        change(temporal, model, random, 60);
        long now = model.instant();
        int[] seen = temporal.read(view -> view.asOf(now));
        for (int i = 0; i < 40; i++) {
            Validity validity = model.validity();
            if (validity.from() > now) {
                temporal.addFact(validity, 0);
            }
        }
        model.all().forEach((edge, validity) -> {
            if (validity.open() && now < Validity.OPEN - 1) {
                temporal.close(edge, Math.max(validity.from(), now + 1));
            }
        });
        assertArrayEquals(seen, temporal.read(view -> view.asOf(now)));
    }

    @Property(tries = 100, seed = "3")
    void whatIsWrittenIsReadExactly(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ModelTimes model = new ModelTimes(random);
        TemporalHypergraph temporal = new TemporalHypergraph();
        change(temporal, model, random, random.nextInt(100));
        byte[] bytes = bytes(temporal);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        TemporalHypergraph read = TemporalHypergraph.read(in);
        assertEquals(0, in.available());
        assertEquals(temporal.freeze(), read.freeze());
        requireSame(model, read);
        assertArrayEquals(bytes, bytes(read));
    }

    @Property(tries = 300, seed = "4")
    void damagedBytesAreRefusedOrStillMakeSense(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        TemporalHypergraph temporal = new TemporalHypergraph();
        change(temporal, new ModelTimes(random), random, 20);
        byte[] bytes = bytes(temporal);
        bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(1, 256);
        try {
            TemporalHypergraph.read(new DataInputStream(new ByteArrayInputStream(bytes)))
                    .read(view -> view.window(Long.MIN_VALUE, Validity.OPEN));
        } catch (IOException | IllegalArgumentException e) {
            assertTrue(e.toString().length() > 0);
        }
    }

    private static byte[] bytes(TemporalHypergraph temporal) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        temporal.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void aFileIsLoadedAsItWasSaved(@TempDir Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        ModelTimes model = new ModelTimes(random);
        TemporalHypergraph temporal = new TemporalHypergraph();
        change(temporal, model, random, 2000);
        temporal.node("Ada");
        temporal.setNodeEmbedding(2, new float[] {1, 2, 3});
        Path file = folder.resolve("memory");
        temporal.save(file);
        TemporalHypergraph loaded = TemporalHypergraph.load(file);
        assertEquals(temporal.freeze(), loaded.freeze());
        requireSame(model, loaded);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        assertThrows(Corrupt.class, () -> TemporalHypergraph.load(file));
    }

    @Test
    void aFileWithTimeBeforeValidityIsRefused() throws IOException {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNode();
        temporal.addFact(new Validity(7, 9), 0);
        byte[] bytes = bytes(temporal);
        bytes[bytes.length - 1] = 5;
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> TemporalHypergraph.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .getMessage();
        assertTrue(message.startsWith("Time before validity: it ends at 5"), message);
    }

    @Test
    void aFailureToWriteIsPassedOn() {
        IOException failure = new IOException("full");
        DataOutputStream full = new DataOutputStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw failure;
            }
        });
        assertEquals(failure, assertThrows(IOException.class, () -> new TemporalHypergraph().write(full)));
    }

    @Test
    void whatIsOldExpiresButNeverWhatHasNoEnd() {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNode();
        int open = temporal.addFact(Validity.since(-1_000_000), 0);
        int event = temporal.addEvent(0, 0);
        int fact = temporal.addFact(new Validity(-500, 100), 0);
        int kept = temporal.addFact(new Validity(-500, 1), 0);
        temporal.setWeight(kept, 9);
        Retention hundred = new Retention(
                Duration.ofMillis(100), (view, edge) -> view.graph().weight(edge) > 5);
        assertEquals(0, temporal.expire(100, hundred), "exactly as old as allowed");
        assertEquals(1, temporal.expire(101, hundred));
        assertThrows(IllegalArgumentException.class, () -> temporal.removeEdge(event));
        assertEquals(0, temporal.expire(200, hundred));
        assertEquals(1, temporal.expire(201, hundred));
        assertThrows(IllegalArgumentException.class, () -> temporal.read(view -> view.validity(fact)));
        assertEquals(0, temporal.expire(Long.MAX_VALUE, hundred));
        assertEquals(0, temporal.expire(Long.MIN_VALUE, new Retention(Duration.ofMillis(Long.MAX_VALUE))));
        assertEquals(1, temporal.expire(2, new Retention(Duration.ZERO)));
        assertArrayEquals(new int[] {open}, temporal.read(view -> view.window(Long.MIN_VALUE, Validity.OPEN)));
        assertThrows(IllegalArgumentException.class, () -> new Retention(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> new Retention(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Property(tries = 60, seed = "6")
    void expiryRemovesWhatBruteForceFinds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ModelTimes model = new ModelTimes(random);
        TemporalHypergraph temporal = new TemporalHypergraph();
        change(temporal, model, random, 100);
        long cutoff = random.nextInt(4) == 0 ? Long.MIN_VALUE : Math.max(-Long.MAX_VALUE / 2, model.instant());
        long age = random.nextInt(1000);
        long now = Math.max(cutoff, cutoff + age);
        int[] old = model.matching(v -> !v.open() && v.until() < now - age);
        assertEquals(old.length, temporal.expire(now, new Retention(Duration.ofMillis(age))));
        for (int edge : old) {
            model.remove(edge);
        }
        requireSame(model, temporal);
    }

    @Test
    void onlyWhatIsOpenIsClosedAndNotBeforeItBegins() {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNode();
        int open = temporal.addFact(Validity.since(10), 0);
        assertRefused("Time before validity", () -> temporal.close(open, 9));
        assertRefused("which is no instant", () -> temporal.close(open, Validity.OPEN));
        assertRefused("There is no hyperedge 1", () -> temporal.close(1, 20));
        assertEquals(Validity.since(10), temporal.read(view -> view.validity(open)));
        temporal.close(open, 12);
        assertEquals(new Validity(10, 12), temporal.read(view -> view.validity(open)));
        assertRefused("ended at 12", () -> temporal.close(open, 20));
        temporal.removeEdge(open);
        assertRefused("it was removed", () -> temporal.close(open, 20));
    }

    @Test
    void illegalInputChangesNothing() {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNodes(3);
        temporal.addEvent(1, 0, 1);
        assertRefused("There is no node 3", () -> temporal.addEvent(0, 0, 3));
        assertRefused("empty", () -> temporal.addFact(Validity.since(0)));
        assertRefused("twice", () -> temporal.addFact(Validity.since(0), 1, 1));
        assertRefused("which is no instant", () -> temporal.addEvent(Validity.OPEN, 0));
        assertRefused("disjoint", () -> temporal.addDirectedEvent(0, new int[] {0}, new int[] {0}));
        BitSet gone = new BitSet();
        gone.set(0, 2);
        assertRefused("There is no hyperedge 1", () -> temporal.removeEdges(gone));
        assertRefused("ends at 0, before it starts at 1", () -> temporal.read(view -> view.window(1, 0)));
        assertRefused("which is no instant", () -> temporal.read(view -> view.asOf(Validity.OPEN)));
        assertArrayEquals(new int[] {0}, temporal.read(view -> view.window(Long.MIN_VALUE, Validity.OPEN)));
        assertEquals(1, temporal.addEvent(5, 2));
    }

    private static void assertRefused(String part, Runnable change) {
        String message =
                assertThrows(IllegalArgumentException.class, change::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void windowsSlideOverEverything() {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNode();
        for (int t = 0; t < 10; t++) {
            temporal.addEvent(t, 0);
        }
        List<String> windows = new ArrayList<>();
        temporal.read(view -> {
            view.slide(
                    new SlidingWindow(4, 3),
                    0,
                    8,
                    (start, end, edges) -> windows.add(start + "-" + end + ":" + edges.length));
            view.slide(
                    new SlidingWindow(Long.MAX_VALUE, Long.MAX_VALUE),
                    5,
                    Validity.OPEN,
                    (start, end, edges) -> windows.add(start + "-" + end + ":" + edges.length));
            return null;
        });
        assertEquals(List.of("0-4:4", "3-7:4", "6-10:4", "5-" + Validity.OPEN + ":5"), windows);
        assertThrows(IllegalArgumentException.class, () -> new SlidingWindow(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SlidingWindow(1, 0));
    }

    @Test
    void whoReadsCannotChange() {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNode();
        temporal.addEvent(0, 0);
        assertThrows(IllegalStateException.class, () -> temporal.read(view -> temporal.addEvent(1, 0)));
        Retention changing = new Retention(Duration.ZERO, (view, edge) -> temporal.addEvent(1, 0) > 0);
        assertThrows(IllegalStateException.class, () -> temporal.expire(10, changing));
        assertEquals(1, temporal.addEvent(1, 0));
    }

    @Test
    void whatIsKnownOfNodesAndHyperedgesIsPassedOn() {
        TemporalHypergraph temporal = new TemporalHypergraph();
        int ada = temporal.node("Ada");
        assertEquals(ada, temporal.node("Ada"));
        int other = temporal.addNode();
        temporal.setNodeName(other, "Charles");
        temporal.setNodeAttribute(other, "born", 1791);
        temporal.setNodeEmbedding(ada, new float[] {1, 0});
        int edge = temporal.addDirectedFact(new Validity(0, 5), new int[] {other}, new int[] {ada});
        temporal.setEdgeAttribute(edge, "what", "letters");
        temporal.read(view -> {
            assertEquals(ada, view.graph().nodeAnnotations().find("Ada").orElseThrow());
            assertEquals(1791L, view.graph().nodeAnnotations().attributes(other).get("born"));
            assertEquals(
                    "letters", view.graph().edgeAnnotations().attributes(edge).get("what"));
            assertTrue(view.graph().directed(edge));
            return null;
        });
    }
}
