package org.ruvector.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many times faster one of ours is than a peer at the same recall and number of threads.
 *
 * @param ours   our reading
 * @param theirs the peer's
 */
record Ratio(AtRecall ours, AtRecall theirs) {

    /** Ours to every peer, wherever both were read at the same recall and number of threads. */
    static List<Ratio> of(List<AtRecall> readings) {
        List<Ratio> ratios = new ArrayList<>();
        for (AtRecall ours : readings) {
            for (AtRecall theirs : readings) {
                if (!ours.subject().peer()
                        && theirs.subject().peer()
                        && ours.threads() == theirs.threads()
                        && ours.recall() == theirs.recall()) {
                    ratios.add(new Ratio(ours, theirs));
                }
            }
        }
        return ratios;
    }

    /** By interpolated throughput; NaN if one does not reach the recall. */
    double interpolated() {
        return ours.interpolated() / theirs.interpolated();
    }

    /** By the cheapest points; NaN if one does not reach the recall. */
    double cheapest() {
        return ours.cheapestQps() / theirs.cheapestQps();
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("index", ours.subject().label());
        fields.put("peer", theirs.subject().label());
        fields.put("threads", ours.threads());
        fields.put("recall", ours.recall());
        fields.put("interpolated", Report.rounded(interpolated()));
        fields.put("cheapestPoint", Report.rounded(cheapest()));
        return fields;
    }
}
