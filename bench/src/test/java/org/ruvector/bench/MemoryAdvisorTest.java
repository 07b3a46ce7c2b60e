package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryAdvisorTest {
    private static final String HEAD = "# written: today\nindex\tdimension\trecall\tbuilt\theld\twalked\treranked\n";
    private final MemoryAdvisor advisor = MemoryAdvisor.of(
            HEAD + "hnsw\t400\t0.99\t1760.0\t0.0\t1760.0\t0.0\ncodes\t400\t0.98\t2170.0\t10.0\t560.0\t1600.0\n",
            HEAD + "hnsw\t800\t0.97\t3360.0\t0.0\t3360.0\t0.0\ncodes\t800\t0.96\t4170.0\t10.0\t960.0\t3200.0\n");

    @Test
    void whatFitsIsNamedBestRecallFirst() {
        List<MemoryAdvisor.Advice> all = advisor.advise(1000, 400, 1e9);
        assertEquals(
                List.of("hnsw", "codes"),
                all.stream().map(MemoryAdvisor.Advice::index).toList());
        assertEquals(new MemoryAdvisor.Advice("codes", 570_000, 1_600_000, 0.98, 400), all.getLast());
        assertEquals("codes", advisor.advise(1000, 400, 570_000).getFirst().index());
        assertTrue(advisor.advise(1000, 400, 569_999).isEmpty());
    }

    @Test
    void bytesOfOtherDimensionsLieOnTheLineAndRecallIsThatOfTheNearer() {
        MemoryAdvisor.Advice advice = advisor.advise(1, 500, 1e9).getFirst();
        assertEquals(new MemoryAdvisor.Advice("hnsw", 2160, 0, 0.99, 400), advice);
        assertEquals(0.97, advisor.advise(1, 700, 1e9).getFirst().recall());
        assertEquals(560, advisor.advise(1, 100, 1e9).getFirst().memory());
    }

    @Test
    void theTablesOfThisBuildSayThatCodesAreSmallerThanVectors() {
        List<MemoryAdvisor.Advice> advice = MemoryAdvisor.load().advise(1_000_000, 384, 1e12);
        assertFalse(advice.isEmpty());
        double floats = of(advice, "hnsw").memory();
        MemoryAdvisor.Advice tiers = of(advice, "hnsw:quantizer=sq8,filter=binary");
        assertTrue(tiers.memory() < floats / 2, tiers + " against " + floats);
        assertEquals(4.0 * 384 * 1_000_000, tiers.file(), 1e6);
        assertTrue(tiers.recall() > 0.95, tiers.toString());
    }

    private static MemoryAdvisor.Advice of(List<MemoryAdvisor.Advice> advice, String index) {
        return advice.stream()
                .filter(one -> one.index().equals(index))
                .findFirst()
                .orElseThrow();
    }
}
