package org.ruvector.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ruvector.api.spi.QuantizerSpec;

/** What came of one quantizer. */
public sealed interface QuantizerOutcome {

    /** {@return the quantizer as it was asked for, {@code pq:m=48,bits=8}} */
    String spec();

    /** {@return one record of the JSON} */
    Map<String, Object> fields();

    /**
     * It was measured.
     *
     * @param spec    the quantizer as it was asked for
     * @param trained the same with the defaults filled in
     * @param codes   bytes per vector, and whether scores estimate distances or only rank
     * @param recall  how good the codes are
     * @param speed   how fast they are made and scored
     */
    record Measured(String spec, QuantizerSpec trained, CodeKind codes, Found recall, Speed speed)
            implements QuantizerOutcome {

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("quantizer", spec);
            fields.put("name", trained.provider());
            fields.put("params", trained.parameters().toString());
            fields.put("bytesPerVector", codes.bytes);
            fields.put("estimatesDistances", codes.estimatesDistances);
            fields.put("recallOfCodes", Math.round(recall.ofCodes * 1e6) / 1e6);
            fields.put("recallReranked", Math.round(recall.reranked * 1e6) / 1e6);
            fields.put("trainingSeconds", Report.rounded(speed.trainingSeconds));
            fields.put("encodedPerSecond", Report.rounded(speed.encodedPerSecond));
            fields.put("scoreNanosPerVector", Report.rounded(speed.scoreNanos));
            fields.put("exactNanosPerVector", Report.rounded(speed.exactNanos));
            return fields;
        }
    }

    /**
     * It does not fit the data: the metric, the dimension, or a parameter.
     *
     * @param spec   the quantizer as it was asked for
     * @param reason why not
     */
    record Refused(String spec, String reason) implements QuantizerOutcome {

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("quantizer", spec);
            fields.put("refused", reason);
            return fields;
        }
    }

    /**
     * What codes are.
     *
     * @param bytes              bytes per code
     * @param estimatesDistances whether scores estimate the metric's distances; if not they only rank
     */
    record CodeKind(int bytes, boolean estimatesDistances) {}

    /**
     * Mean recall over the queries, from 0 to 1.
     *
     * @param ofCodes  of the nearest codes
     * @param reranked of the nearest by exact distance among the candidates that codes chose
     */
    record Found(double ofCodes, double reranked) {}

    /**
     * Times; medians.
     *
     * @param trainingSeconds  wall-clock seconds of training
     * @param encodedPerSecond vectors encoded per second by all building threads together
     * @param scoreNanos       nanoseconds to score a code on one thread, the preparation of the query not counted
     * @param exactNanos       nanoseconds of an exact distance by the kernel, measured in turn with the codes
     */
    record Speed(double trainingSeconds, double encodedPerSecond, double scoreNanos, double exactNanos) {}
}
