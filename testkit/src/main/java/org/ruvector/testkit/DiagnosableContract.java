package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.VectorIndex;

/** The contract of indexes that can be examined; implemented beside {@link IndexContract}. */
public interface DiagnosableContract extends IndexFixture {

    /** A fresh index is healthy, says so in words and figures, and says the same again. */
    @Test
    default void aFreshIndexIsHealthy() {
        try (VectorIndex index = build(RealData.digits(), mainSpace(), context())) {
            Diagnosable patient = (Diagnosable) index;
            for (int sample : new int[] {0, 50, Integer.MAX_VALUE}) {
                Diagnosis diagnosis = patient.diagnose(sample, 1);
                assertFalse(diagnosis.findings().isEmpty());
                for (Diagnosis.Finding finding : diagnosis.findings()) {
                    assertTrue(finding.healthy(), finding::toString);
                    assertFalse(finding.name().isBlank() || finding.meaning().isBlank(), finding::toString);
                }
                assertEquals(diagnosis.findings(), patient.diagnose(sample, 1).findings());
            }
        }
    }

    /** An index of nothing is healthy. */
    @Test
    default void anEmptyIndexIsHealthy() {
        try (VectorIndex index = build(new Corpus(mainSpace(), Corpus.Content.NORMAL, 4, 0, 0))) {
            Diagnosis diagnosis = ((Diagnosable) index).diagnose(10, 1);
            assertTrue(diagnosis.healthy(), diagnosis::toString);
            assertEquals(0, ((Diagnosable) index).repair(context()));
        }
    }

    /** Repairing a healthy index mends nothing, and its answers stay as promised. */
    @Test
    default void repairOfAHealthyIndexMendsNothing() {
        RealData data = RealData.digits();
        Space space = mainSpace();
        try (VectorIndex index = build(data, space, context())) {
            assertEquals(0, ((Diagnosable) index).repair(context()));
            new Recall(this, data, space).require(index, "after repair");
        }
    }
}
