package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PeerSettingsTest {

    @Test
    void faiss_has_as_many_lists_as_the_indexes() {
        assertEquals(64, PeerSettings.lists(List.of("hnsw:m=8", "ivf-flat:nlist=64", "ivf:nlist=64"), 10_000));
        assertEquals(64, PeerSettings.lists(List.of("ivf:nlist=auto", "ivf-flat:nlist=64"), 10_000));
    }

    @Test
    void where_no_index_says_how_many_lists_the_number_of_vectors_decides() {
        assertEquals(980, PeerSettings.lists(List.of("ivf-flat", "ivf:nlist=auto"), 60_000));
        assertEquals(312, PeerSettings.lists(List.of(), 10_000));
        assertEquals(1, PeerSettings.lists(List.of(), 3));
    }

    @Test
    void indexes_with_different_lists_are_no_measure_for_faiss() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> PeerSettings.lists(List.of("ivf:nlist=256", "ivf-flat:nlist=1024"), 10_000));
        assertTrue(e.getMessage().contains("256 and 1024"), e.getMessage());
    }

    @Test
    void parameters_of_a_peer_are_put_together_again() {
        assertEquals(
                List.of("hnswlib", "faiss-ivfpqfs:m=98,kFactor=8", "lucene"),
                PeerSettings.peers(List.of("hnswlib", "faiss-ivfpqfs:m=98", "kFactor=8", "lucene")));
    }
}
