package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.QuantizerSpec;

/** Vectors as a quantizer sees them: checked, and under cosine scaled to unit length. */
record Sample(VectorRows rows, QuantizerSpec spec) {

    /** Refuses what cannot be trained on. */
    static Sample toTrainOn(VectorRows rows, QuantizerSpec spec) {
        requireFit(rows.type(), rows.dimension(), spec);
        if (rows.count() == 0) {
            throw new IllegalArgumentException("The sample is empty; at least one vector is needed");
        }
        return new Sample(rows.requireValid(), spec);
    }

    /** Refuses what cannot be encoded; a scan, little beside the encoding. */
    static Sample toEncode(VectorRows rows, QuantizerSpec spec) {
        requireFit(rows.type(), rows.dimension(), spec);
        return new Sample(rows.requireValid(), spec);
    }

    /** A query's coordinates, under cosine scaled to unit length; the query's own array or a new one. */
    static float[] query(Query query, QuantizerSpec spec) {
        requireFit(query.type(), query.dimension(), spec);
        float[] vector = ((Query.Floats) query).vector();
        return spec.metric() == Metric.COSINE ? scaled(vector.clone()) : vector;
    }

    private static void requireFit(ElementType type, int dimension, QuantizerSpec spec) {
        if (type != ElementType.FLOAT32 || dimension != spec.dimension()) {
            throw new IllegalArgumentException("The vectors are " + dimension + " × " + type.text()
                    + ", but this quantizer takes " + spec.dimension() + " × float32");
        }
    }

    int count() {
        return rows.count();
    }

    /** Copies a row to {@code out}. */
    void row(int row, float[] out) {
        MemorySegment.copy(rows.segment(), VectorRows.FLOAT, row * rows.stride(), out, 0, out.length);
        if (spec.metric() == Metric.COSINE) {
            scaled(out);
        }
    }

    /** The mean of all rows. */
    float[] mean() {
        double[] sums = new double[spec.dimension()];
        float[] row = new float[sums.length];
        for (int i = 0; i < count(); i++) {
            row(i, row);
            for (int j = 0; j < sums.length; j++) {
                sums[j] += row[j];
            }
        }
        for (int j = 0; j < sums.length; j++) {
            row[j] = (float) (sums[j] / count());
        }
        return row;
    }

    private static float[] scaled(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        double norm = squares > 0 ? Math.sqrt(squares) : 1;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / norm);
        }
        return vector;
    }
}
