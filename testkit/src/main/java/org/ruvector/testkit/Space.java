package org.ruvector.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;

/**
 * How vectors are stored and compared.
 *
 * @param metric how they are compared
 * @param type   how they are stored
 */
public record Space(Metric metric, ElementType type) {

    /** Every pair of a metric and an element type that go together, in the order of the enums. */
    public static List<Space> of(Set<Metric> metrics, Set<ElementType> types) {
        List<Space> spaces = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (ElementType type : ElementType.values()) {
                if (metrics.contains(metric) && types.contains(type) && metric.supports(type)) {
                    spaces.add(new Space(metric, type));
                }
            }
        }
        return spaces;
    }

    @Override
    public String toString() {
        return metric.text() + " on " + type.text();
    }
}
