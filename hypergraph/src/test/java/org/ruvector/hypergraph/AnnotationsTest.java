package org.ruvector.hypergraph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AnnotationsTest {

    private final Annotations annotations = new Annotations();

    @Test
    void attributesAreValuesAsInJson() {
        annotations.attribute(3, "int", 7);
        annotations.attribute(3, "float", 0.5f);
        annotations.attribute(3, "text", "");
        annotations.attribute(3, "nested", Map.of("list", List.of(1, true, List.of("x"))));
        assertEquals(
                Map.of("int", 7L, "float", 0.5, "text", "", "nested", Map.of("list", List.of(1L, true, List.of("x")))),
                annotations.attributes(3));
        assertEquals(
                List.of("int", "float", "text", "nested"),
                List.copyOf(annotations.attributes(3).keySet()));
        assertEquals(Map.of(), annotations.attributes(4));
        annotations.attributes(3, Map.of("only", 1));
        assertEquals(Map.of("only", 1L), annotations.attributes(3));
        annotations.attributes(3, Map.of());
        assertEquals(0, annotations.attributed().length);
    }

    @Test
    void otherValuesAreRefused() {
        Map<Object, Object> oddKey = Map.of(1, 2);
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        for (Object value :
                new Object[] {Double.NaN, Float.NEGATIVE_INFINITY, 'c', oddKey, List.of(new int[0]), itself}) {
            assertThrows(IllegalArgumentException.class, () -> annotations.attribute(0, "a", value));
        }
        assertThrows(NullPointerException.class, () -> annotations.attribute(0, null, 1));
        assertEquals(
                "Attribute 'a' is NaN of java.lang.Double; allowed are texts, booleans, integers, finite numbers, and lists and"
                        + " maps of them",
                assertThrows(IllegalArgumentException.class, () -> annotations.attribute(0, "a", Double.NaN))
                        .getMessage());
        assertEquals(Map.of(), annotations.attributes(0));
    }

    @Test
    void whatIsReadCannotBeChangedAndWhatWasSetIsCopied() {
        Map<String, Object> map = new HashMap<>(Map.of("k", 1L));
        annotations.attribute(0, "map", map);
        map.put("k", 2L);
        assertEquals(Map.of("k", 1L), annotations.attributes(0).get("map"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> annotations.attributes(0).put("x", 1));
        float[] vector = {1, 2};
        annotations.embedding(0, vector);
        vector[0] = 9;
        annotations.embedding(0).orElseThrow()[1] = 9;
        assertArrayEquals(new float[] {1, 2}, annotations.embedding(0).orElseThrow());
    }

    @Test
    void aCopyStaysAsItIs() {
        annotations.name(0, "a");
        annotations.embedding(0, new float[] {1});
        Annotations copy = annotations.copy();
        assertEquals(annotations, copy);
        assertEquals(annotations.hashCode(), copy.hashCode());
        annotations.name(0, "b");
        annotations.embedding(0, new float[] {2});
        annotations.attribute(0, "x", 1);
        assertNotEquals(annotations, copy);
        assertEquals(OptionalInt.of(0), copy.find("a"));
        assertTrue(copy.attributes(0).isEmpty());
        assertArrayEquals(new float[] {1}, copy.embedding(0).orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> copy.embedding(1, new float[2]), "it knows the dimension");
    }

    @Test
    void theDimensionIsFreeAgainOnceNoOtherEmbeddingIsLeft() {
        annotations.embedding(5, new float[3]);
        annotations.embedding(5, new float[4]);
        annotations.embedding(2, new float[4]);
        assertThrows(IllegalArgumentException.class, () -> annotations.embedding(5, new float[3]));
        assertArrayEquals(new int[] {2, 5}, annotations.embedded());
        annotations.remove(5);
        annotations.remove(2);
        annotations.embedding(1, new float[1]);
        assertArrayEquals(new int[] {1}, annotations.embedded());
    }
}
