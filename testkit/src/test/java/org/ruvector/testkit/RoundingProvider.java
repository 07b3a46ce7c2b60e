package org.ruvector.testkit;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;

/** Trains {@link RoundingQuantizer}s. */
final class RoundingProvider implements QuantizerProvider {

    @Override
    public String name() {
        return "rounding";
    }

    @Override
    public Set<Metric> metrics() {
        return EnumSet.complementOf(EnumSet.of(Metric.HAMMING));
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec spec, BuildContext context) {
        spec.parameters().requireOnly();
        new RoundingQuantizer(spec, 0, 1).require(sample.type(), sample.dimension());
        if (sample.count() == 0) {
            throw new IllegalArgumentException("The sample is empty; at least one vector is needed");
        }
        sample.requireValid();
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (long i = 0; i < (long) sample.count() * sample.dimension(); i++) {
            float x = sample.segment().get(VectorRows.FLOAT, 4 * i);
            least = Math.min(least, x);
            greatest = Math.max(greatest, x);
        }
        return new RoundingQuantizer(spec, least, greatest > least ? (greatest - least) / 255 : 1);
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec spec) {
        MemorySegment range = file.section(prefix + "range");
        if (range.byteSize() != 8) {
            throw new IndexFileException.Corrupt(file.source() + ": section '" + prefix + "range' has "
                    + range.byteSize() + " bytes; it must have 8");
        }
        return new RoundingQuantizer(spec, range.get(VectorRows.FLOAT, 0), range.get(VectorRows.FLOAT, 4));
    }
}
