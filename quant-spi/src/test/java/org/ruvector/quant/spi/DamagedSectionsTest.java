package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.testkit.MemorySections;
import org.ruvector.testkit.RealData;

/** What is said of each section of a file that was damaged: which it is, what it holds, and what it must. */
final class DamagedSectionsTest {

    static Stream<Quantizer> quantizers() {
        VectorRows rows = RealData.digits().base(ElementType.FLOAT32).slice(0, 60);
        record Method(QuantizerProvider provider, String parameters) {}
        return Stream.of(
                        new Method(new BinaryProvider(), ""),
                        new Method(new HyperplanesProvider(), ""),
                        new Method(new ItqProvider(), "bits=16"),
                        new Method(new NeuralHashProvider(), "bits=64,epochs=0"),
                        new Method(new OpqProvider(), "m=2,bits=4"),
                        new Method(new PqProvider(), "m=8"),
                        new Method(new RabitqProvider(), ""),
                        new Method(new RotationalProvider(), ""),
                        new Method(new Sq4Provider(), "per=dimension"),
                        new Method(new Sq8Provider(), ""))
                .map(method -> method.provider.train(
                        rows,
                        new QuantizerSpec(
                                method.provider.name(), Parameters.parse(method.parameters), Metric.EUCLIDEAN, 64),
                        BuildContext.of(Plugins.none())));
    }

    private static String refused(Quantizer quantizer, MemorySections file) {
        IndexSpec index = new IndexSpec("none", Parameters.none(), Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        QuantizerProvider provider = Plugins.load().quantizer(quantizer.spec().provider());
        try (MemorySections.Reader reader = file.reader(index)) {
            return assertThrows(IndexFileException.class, () -> provider.open(reader, "q-", quantizer.spec()))
                    .getMessage();
        }
    }

    @ParameterizedTest
    @MethodSource("quantizers")
    void aDamagedSectionIsRefusedInASentence(Quantizer quantizer) throws IOException {
        MemorySections file = new MemorySections();
        quantizer.save(file, "q-");
        for (String name : List.copyOf(file.sections().keySet())) {
            byte[] bytes = file.sections().get(name);
            file.sections().put(name, Arrays.copyOf(bytes, bytes.length + 4));
            assertEquals(
                    "memory: section '" + name + "' has " + (bytes.length + 4) + " bytes; it must have " + bytes.length,
                    refused(quantizer, file));
            int last = bytes.length / 4 - 1;
            for (float bad : last < 0 ? new float[0] : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
                byte[] damaged = bytes.clone();
                ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * last, bad);
                file.sections().put(name, damaged);
                assertEquals(
                        "memory: section '" + name + "' holds " + bad + " at position " + last
                                + "; every number must be finite",
                        refused(quantizer, file));
            }
            file.sections().put(name, bytes);
        }
    }
}
