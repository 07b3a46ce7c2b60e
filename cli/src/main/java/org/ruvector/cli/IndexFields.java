package org.ruvector.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;

/** What several commands tell of an index as JSON. */
final class IndexFields {

    private IndexFields() {}

    static Map<String, Object> of(IndexSpec spec) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", spec.provider());
        fields.put("params", spec.parameters().toString());
        fields.put("metric", spec.metric().text());
        fields.put("elementType", spec.type().text());
        fields.put("dimension", spec.dimension());
        return fields;
    }

    static List<Map<String, Object>> of(MemoryReport memory) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (MemoryReport.Part part : memory.parts()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", part.name());
            fields.put("bytes", part.bytes());
            fields.put("mapped", part.mapped());
            parts.add(fields);
        }
        return parts;
    }
}
