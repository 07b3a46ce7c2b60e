package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerSpec;

/** The contract of quantizers. A quantizer's test implements it and inherits all tests. */
public interface QuantizerContract extends QuantizerScoringContract {

    /** A quantizer tells what was trained, in parameters that train the same again. */
    @Test
    default void aQuantizerTellsWhatWasTrained() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 400);
        for (Metric metric : metrics()) {
            Quantizer quantizer = train(base, metric);
            QuantizerSpec spec = quantizer.spec();
            assertEquals(provider().name(), spec.provider());
            assertEquals(metric, spec.metric());
            assertEquals(base.dimension(), spec.dimension());
            assertTrue(quantizer.codeBytes() >= 1);
            Quantizer again = provider().train(base, spec, BuildContext.of(Plugins.none()));
            assertEquals(spec, again.spec());
            assertArrayEquals(
                    Encoded.of(quantizer, base).bytes(), Encoded.of(again, base).bytes(), "codes of two trainings");
        }
    }

    /** Decoded digits are as near to the originals as promised; under cosine, where lengths do not count, both at unit length. */
    @Test
    default void decodedVectorsAreNear() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32);
        for (Metric metric : metrics()) {
            Encoded encoded = Encoded.of(train(base, metric), base);
            double[][] originals = new double[base.count()][];
            double[] mean = new double[base.dimension()];
            double lost = 0, all = 0;
            for (int row = 0; row < base.count(); row++) {
                originals[row] = compared(metric, base.query(row));
                double[] decoded = compared(metric, encoded.decoded(row));
                for (int i = 0; i < mean.length; i++) {
                    double d = originals[row][i] - decoded[i];
                    lost += d * d;
                    mean[i] += originals[row][i] / base.count();
                }
            }
            for (double[] original : originals) {
                for (int i = 0; i < mean.length; i++) {
                    all += (original[i] - mean[i]) * (original[i] - mean[i]);
                }
            }
            double share = lost / all;
            assertTrue(share <= distortion(), () -> metric + ": " + share + " of the variance is lost");
        }
    }

    private static double[] compared(Metric metric, Query vector) {
        float[] floats = ((Query.Floats) vector).vector();
        double squares = 0;
        for (float x : floats) {
            squares += (double) x * x;
        }
        double length = metric == Metric.COSINE && squares > 0 ? Math.sqrt(squares) : 1;
        return IntStream.range(0, floats.length)
                .mapToDouble(i -> floats[i] / length)
                .toArray();
    }

    /** Encoding slices gives the same codes as encoding everything, and writes nothing beyond them. */
    @Test
    default void encodingSlicesGivesTheSameCodes() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 200);
        Quantizer quantizer = train(base, metrics().getFirst());
        int size = quantizer.codeBytes();
        MemorySegment parts = Arena.ofAuto().allocate(200L * size + 64, 64).fill((byte) 0x5a);
        for (int from = 0; from < 200; from += 67) {
            int to = Math.min(200, from + 67);
            quantizer.encode(base.slice(from, to), parts.asSlice((long) from * size));
        }
        assertArrayEquals(
                Encoded.of(quantizer, base).bytes(),
                parts.asSlice(0, 200L * size).toArray(ValueLayout.JAVA_BYTE));
        for (int i = 0; i < 64; i++) {
            assertEquals(0x5a, parts.get(ValueLayout.JAVA_BYTE, 200L * size + i), "written beyond the codes");
        }
    }

    /** A saved and opened quantizer encodes, decodes and scores identically, also where two share a file. */
    @Test
    default void anOpenedQuantizerIsTheSame() throws IOException {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 500);
        for (Metric metric : metrics()) {
            Quantizer one = train(base, metric);
            Quantizer two = train(base.slice(0, 300), metric);
            MemorySections file = new MemorySections();
            file.section("something-else", MemorySegment.ofArray(new byte[5]));
            one.save(file, "first-");
            int sections = file.sections().size();
            two.save(file, "second-");
            assertTrue(sections > 1 && file.sections().size() > sections, "nothing was saved");
            file.sections().keySet().stream()
                    .filter(name -> !name.equals("something-else"))
                    .forEach(name -> assertTrue(name.startsWith("first-") || name.startsWith("second-"), name));
            try (MemorySections.Reader reader = file.reader(indexSpec(base))) {
                Encoded.requireSame(one, provider().open(reader, "first-", one.spec()), base);
                Encoded.requireSame(two, provider().open(reader, "second-", two.spec()), base);
                assertThrows(
                        IndexFileException.class,
                        () -> provider().open(reader, "third-", one.spec()).codeBytes());
            }
        }
    }

    /** Shortened sections are refused or did not matter. */
    @Test
    default void shortenedSectionsAreRefused() throws IOException {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 300);
        Quantizer quantizer = train(base, metrics().getFirst());
        MemorySections whole = new MemorySections();
        quantizer.save(whole, "q-");
        for (String name : List.copyOf(whole.sections().keySet())) {
            byte[] bytes = whole.sections().get(name);
            for (int left : new int[] {0, bytes.length / 2, Math.max(0, bytes.length - 1)}) {
                whole.sections().put(name, Arrays.copyOf(bytes, left));
                try (MemorySections.Reader reader = whole.reader(indexSpec(base))) {
                    Encoded.requireSame(quantizer, provider().open(reader, "q-", quantizer.spec()), base);
                } catch (IndexFileException expected) {
                    assertTrue(!expected.getMessage().isBlank());
                }
            }
            whole.sections().put(name, bytes);
        }
    }

    /** What does not fit is refused in a sentence that says what was given and what is taken. */
    @Test
    default void whatDoesNotFitIsRefused() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 50);
        Metric metric = metrics().getFirst();
        BuildContext context = BuildContext.of(Plugins.none());
        Parameters unknown = parameters().with("no-such-parameter", 1);
        String message = refused(() -> provider()
                .train(base, new QuantizerSpec(provider().name(), unknown, metric, base.dimension()), context));
        assertTrue(message.startsWith("Unknown parameter no-such-parameter; "), message);
        QuantizerSpec wider = new QuantizerSpec(provider().name(), parameters(), metric, 65);
        requireNames(refused(() -> provider().train(base, wider, context)), "64", "65");
        refused(() -> train(VectorRows.empty(ElementType.FLOAT32, 10), metric));
        VectorRows bytes = RealData.digits().base(ElementType.INT8);
        requireNames(refused(() -> train(bytes, metric)), "int8", "float32");
        Quantizer quantizer = train(base, metric);
        Codes codes = Encoded.of(quantizer, base).codes();
        VectorRows long65 = new Corpus(new Space(metric, ElementType.FLOAT32), Corpus.Content.GRID, 65, 3, 0).rows();
        requireNames(refused(() -> quantizer.encode(long65, codes.segment())), "64", "65");
        requireNames(refused(() -> quantizer.encode(bytes, codes.segment())), "int8", "float32");
        requireNames(refused(() -> quantizer.scorer(long65.query(0), codes)), "64", "65");
        requireNames(refused(() -> quantizer.scorer(bytes.query(0), codes)), "int8", "float32");
    }

    /** Codes of another size were made by another quantizer. */
    @Test
    default void codesOfAnotherSizeAreRefused() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 50);
        Quantizer quantizer = train(base, metrics().getFirst());
        int size = quantizer.codeBytes();
        for (int other : new int[] {size + 1, size + 64}) {
            Codes codes = new Codes(Arena.ofAuto().allocate(50L * other, 64), other, 50);
            requireNames(refused(() -> quantizer.scorer(base.query(0), codes)), " " + other + " ", " " + size);
            requireNames(refused(() -> quantizer.scorer(3, codes)), " " + other + " ", " " + size);
            float[] out = new float[64];
            requireNames(refused(() -> quantizer.decode(codes, 3, out)), " " + other + " ", " " + size);
        }
    }

    /** NaN and infinity are refused by their position in a sample, among vectors to encode, before a code is written, and in a query. */
    @Test
    default void nanAndInfinityAreRefused() {
        Metric metric = metrics().getFirst();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] vectors = new float[30];
            Quantizer quantizer = train(VectorRows.ofFloats(vectors, 10), metric);
            Codes codes =
                    Encoded.of(quantizer, VectorRows.ofFloats(vectors, 10)).codes();
            vectors[17] = bad;
            VectorRows rows = VectorRows.ofFloats(vectors, 10);
            String expected = "Row 1 holds " + bad + " at position 7; every coordinate must be a finite number";
            assertEquals(expected, refused(() -> train(rows, metric)));
            codes.segment().fill((byte) 0x5a);
            assertEquals(expected, refused(() -> quantizer.encode(rows, codes.segment())));
            for (byte code : codes.segment().toArray(ValueLayout.JAVA_BYTE)) {
                assertEquals(0x5a, code, "a code was written");
            }
            refused(() -> quantizer.scorer(Query.of(Arrays.copyOfRange(vectors, 10, 20)), codes));
        }
    }

    private static void requireNames(String message, String... names) {
        for (String name : names) {
            assertTrue(message.contains(name), () -> "'" + message + "' does not say " + name);
        }
    }

    private static IndexSpec indexSpec(VectorRows rows) {
        return new IndexSpec("none", Parameters.none(), Metric.EUCLIDEAN, rows.type(), rows.dimension());
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
