package org.ruvector.index.hnsw;

import java.io.IOException;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.storage.CodeTiers;

/**
 * What codes an index has: beside the links, node by node, or none.
 *
 * @param beside of a node's neighbours, beside its links; {@code null} for none
 * @param tiers  of the nodes themselves; {@code null} for none
 */
record NodeCodes(FusedCodes beside, CodeTiers tiers) {
    static final NodeCodes NONE = new NodeCodes(null, null);

    /** {@code null} for none. */
    NeighbourhoodCodec codec() {
        return beside == null ? null : beside.codec();
    }

    /** Writes what the quantizer of neighbourhoods learnt; the tiers are saved with their codes. */
    void save(SectionWriter file) throws IOException {
        if (beside != null) {
            beside.quantizer().save(file, FusedCodes.PREFIX);
        }
    }
}
