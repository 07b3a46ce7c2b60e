package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesNestedValuesIndented() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", "hnsw");
        map.put("qps", List.of(1, 2.5, 3L));
        map.put("empty", List.of());
        map.put("none", null);
        assertEquals("""
                {
                  "name": "hnsw",
                  "qps": [
                    1,
                    2.5,
                    3
                  ],
                  "empty": [],
                  "none": null
                }
                """, Json.write(map));
    }

    @Test
    void writesWhatJsonLacksAsNull() {
        assertNull(JsonReader.read(Json.write(Double.NaN)));
        assertNull(JsonReader.read(Json.write(Double.POSITIVE_INFINITY)));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
    }

    @Property(tries = 300)
    void stringsSurvive(@ForAll String text) {
        byte[] bytes = Json.write(Map.of(text, List.of(text))).getBytes(StandardCharsets.UTF_8);
        assertEquals(Map.of(text, List.of(text)), JsonReader.read(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Property(tries = 300)
    void finiteNumbersSurvive(@ForAll double number) {
        assertEquals(number + 0.0, JsonReader.read(Json.write(number)));
    }
}
