package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;

/** What an index's parameters say of its codes. */
final class CodeTiersTest {

    private static CodeTiers.Choice choice(String parameters) {
        return CodeTiers.Choice.from(
                new IndexSpec("hnsw", Parameters.parse(parameters), Metric.COSINE, ElementType.FLOAT32, 8));
    }

    private static void refuses(String parameters, String because) {
        String message = assertThrows(IllegalArgumentException.class, () -> choice(parameters))
                .getMessage();
        assertTrue(message.contains(because), message);
    }

    @Test
    void parametersGoToTheIndexTheCodesAndTheFilter() {
        CodeTiers.Choice choice =
                choice("m=8,quantizer=rabitq,quantizer.bits=4,filter=hyperplanes,filter.bits=64,rerank=2.5");
        assertEquals(Parameters.parse("m=8"), choice.others());
        assertEquals("rabitq", choice.codes().provider());
        assertEquals(Parameters.parse("bits=4"), choice.codes().parameters());
        assertEquals(Metric.COSINE, choice.codes().metric());
        assertEquals(8, choice.codes().dimension());
        assertEquals("hyperplanes", choice.filter().provider());
        assertEquals(Parameters.parse("bits=64"), choice.filter().parameters());
        assertEquals(2.5, choice.rerank());
    }

    @Test
    void withoutQuantizerThereAreNoCodes() {
        CodeTiers.Choice choice = choice("m=8");
        assertNull(choice.codes());
        assertNull(choice.filter());
        choice.check(Plugins.none());
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheReason() {
        refuses("filter=binary", "filter needs codes to search by");
        refuses("rerank=3", "rerank needs codes to search by");
        refuses("quantizer.bits=3", "quantizer.bits is given, but no quantizer");
        refuses("quantizer=sq8,filter.bits=64", "filter.bits is given, but no filter");
        refuses("quantizer=sq8,rerank=0.5", "rerank is 0.5; it must be from 1 to 1000000");
        refuses("quantizer=sq8,rerank=NaN", "rerank is NaN; it must be from 1 to 1000000");
        IndexSpec bytes =
                new IndexSpec("hnsw", Parameters.parse("quantizer=sq8"), Metric.EUCLIDEAN, ElementType.INT8, 8);
        assertThrows(IllegalArgumentException.class, () -> CodeTiers.Choice.from(bytes));
    }

    @Test
    void aQuantizerThatIsNotThereIsNamed() {
        CodeTiers.Choice choice = choice("quantizer=nosuch");
        RuntimeException e = assertThrows(RuntimeException.class, () -> choice.check(Plugins.none()));
        assertTrue(e.getMessage().contains("nosuch"), e.getMessage());
    }
}
