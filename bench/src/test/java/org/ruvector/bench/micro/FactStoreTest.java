package org.ruvector.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is compared must give the same answers. */
final class FactStoreTest {

    @Test
    void bothStoresFindTheSameFacts() {
        FactStore.Facts facts = FactStore.Facts.draw(5_000, 1);
        FactStore ours = FactStore.fill("ruvector", facts);
        FactStore theirs = FactStore.fill("jgrapht", facts);
        assertEquals(1_000, ours.lastHour(facts.end()));
        assertEquals(1_000, theirs.lastHour(facts.end()));
        for (int node = 0; node < facts.nodes(); node += 7) {
            assertEquals(theirs.twoHops(node, 1_000_000), ours.twoHops(node, 1_000_000), "node " + node);
            assertEquals(theirs.twoHops(node, 100), ours.twoHops(node, 100), "node " + node);
        }
        assertEquals(4, (double) facts.incidences() / 5_000, 0.1);
        assertTrue(ours.twoHops(0, 1_000_000) > 100);
    }
}
