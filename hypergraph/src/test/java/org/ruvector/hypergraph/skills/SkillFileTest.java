package org.ruvector.hypergraph.skills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.IndexFileException;

/** Saving, loading, and several threads. */
final class SkillFileTest {

    private static SkillLibrary library(int episodes) {
        TaskWorld world = new TaskWorld(1, 0.95, 0.2);
        SkillLibrary library =
                new SkillLibrary(new SkillParameters(4, 5, SequenceConstraints.NONE, 0.1), Optional.empty());
        for (int i = 0; i < episodes; i++) {
            library.observe(world.next());
        }
        return library;
    }

    private static byte[] bytes(SkillLibrary library) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        library.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static SkillLibrary read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        SkillLibrary library = SkillLibrary.read(in);
        assertEquals(0, in.available());
        return library;
    }

    @Test
    void whatIsLoadedIsWhatWasSavedAndLearnsOnAlike(@TempDir Path folder) throws IOException {
        SkillLibrary saved = library(300);
        assertFalse(saved.skills().isEmpty());
        Path file = folder.resolve("skills");
        saved.save(file);
        SkillLibrary loaded = SkillLibrary.load(file);
        assertEquals(saved.skills(), loaded.skills());
        assertEquals(saved.links(), loaded.links());
        assertEquals(saved.candidates(), loaded.candidates());
        assertEquals(saved.episodes(), loaded.episodes());

        TaskWorld more = new TaskWorld(2, 0.3, 0.2);
        for (int i = 0; i < 100; i++) {
            Episode next = more.next();
            Episode renamed = new Episode("more-" + next.id(), next.time(), next.steps(), next.outcome());
            saved.observe(renamed);
            loaded.observe(renamed);
        }
        assertEquals(saved.skills(), loaded.skills());
    }

    @Provide
    Arbitrary<Episode> episodes() {
        Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(5);
        Arbitrary<String> name = text.filter(candidate -> !candidate.isBlank());
        Arbitrary<Action> action = Combinators.combine(
                        name, Arbitraries.maps(name, text).ofMaxSize(2))
                .as(Action::new);
        Arbitrary<Outcome> outcome = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.doubles(),
                        Arbitraries.doubles().greaterOrEqual(0))
                .as(Outcome::new);
        Arbitrary<Instant> time = Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        return Combinators.combine(name, time, action.list().ofMinSize(1).ofMaxSize(3), outcome, text)
                .as(Episode::new);
    }

    @Property(tries = 200, seed = "1")
    void anyEpisodeIsReadAsItWasWritten(@ForAll("episodes") Episode episode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EpisodeFormat.write(new DataOutputStream(bytes), episode);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        assertEquals(episode, EpisodeFormat.read(in));
        assertEquals(0, in.available());
    }

    @Test
    void damagedFilesAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("skills");
        library(20).save(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThrows(IndexFileException.Corrupt.class, () -> SkillLibrary.load(file));
    }

    /** What a correct checksum does not protect from. */
    @Test
    void contentThatMakesNoSenseIsRefused() throws IOException {
        SkillLibrary one = new SkillLibrary();
        one.observe(
                new Episode("i", Instant.EPOCH, List.of(new Action("a", Map.of("k", "v"))), new Outcome(true, 1, 2)));
        byte[] good = bytes(one);
        assertEquals(1, read(good).episodes());
        int count = 6 * 4 + 8;
        int episode = count + 4;
        int time = episode + 4 + 2;
        int steps = time + 8 + 4;
        int arguments = steps + 4 + 4 + 2;
        int reward = arguments + 4 + 4 + 2 + 4 + 2 + 1;
        refused(good, 0, 2);
        refused(good, 4, 1);
        refused(good, 8, 0);
        refused(good, 12, 0);
        refused(good, count, -1);
        refused(good, episode, -1);
        refused(good, steps, -1);
        refused(good, arguments, -1);
        refusedDouble(good, reward, Double.NaN);
        refusedDouble(good, reward + 8, -1);
        byte[] endless = good.clone();
        ByteBuffer.wrap(endless).putLong(time, Long.MAX_VALUE);
        assertThrows(IllegalArgumentException.class, () -> read(endless));
        byte[] large = good.clone();
        ByteBuffer.wrap(large).putInt(episode, Integer.MAX_VALUE);
        assertThrows(EOFException.class, () -> read(large), "and no such array was made");
        byte[] many = good.clone();
        ByteBuffer.wrap(many).putInt(count, Integer.MAX_VALUE);
        assertThrows(EOFException.class, () -> read(many));
        for (int length = 0; length < good.length; length++) {
            byte[] part = Arrays.copyOf(good, length);
            assertThrows(EOFException.class, () -> read(part));
        }
    }

    private static void refused(byte[] good, int at, int value) {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad).putInt(at, value);
        assertThrows(IllegalArgumentException.class, () -> read(bad), value + " at " + at);
    }

    private static void refusedDouble(byte[] good, int at, double value) {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad).putDouble(at, value);
        assertThrows(IllegalArgumentException.class, () -> read(bad), value + " at " + at);
    }

    @Test
    void readersSeeWholeStatesWhileOneWrites() throws InterruptedException, ExecutionException {
        SkillLibrary library =
                new SkillLibrary(new SkillParameters(4, 5, SequenceConstraints.NONE, 0.1), Optional.empty());
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService readers = Executors.newFixedThreadPool(3)) {
            List<Future<?>> reading = List.of(
                    readers.submit(() -> {
                        int before = 0;
                        while (!done.get()) {
                            int now = library.episodes();
                            assertTrue(now >= before);
                            before = now;
                        }
                    }),
                    readers.submit(() -> {
                        while (!done.get()) {
                            for (Skill skill : library.skills()) {
                                assertEquals(
                                        skill.version(),
                                        skill.state().history().getLast().version());
                                assertTrue(skill.evidence().with().trials() <= library.episodes());
                            }
                            library.links();
                        }
                    }),
                    readers.submit(() -> {
                        while (!done.get()) {
                            assertTrue(library.search("fetch profile", 2).size() <= 2);
                            bytes(library);
                        }
                        return null;
                    }));
            TaskWorld world = new TaskWorld(1, 0.95, 0.2);
            try {
                for (int i = 0; i < 300; i++) {
                    library.observe(world.next());
                }
            } finally {
                done.set(true);
            }
            for (Future<?> future : reading) {
                future.get();
            }
        }
        assertEquals(library(300).skills(), library.skills());
    }
}
