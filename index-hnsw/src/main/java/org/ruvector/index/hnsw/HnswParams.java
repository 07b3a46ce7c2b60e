package org.ruvector.index.hnsw;

import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.storage.CodeTiers;

/**
 * Parameters of an HNSW graph, in the paper's names.
 *
 * @param m              M, links that a new node asks for; a node keeps at most M on upper layers and 2·M on layer 0; from 2 to
 *                       64, 16 by default. More links: better recall in high dimensions, more memory, slower build.
 * @param efConstruction candidates kept while a node's neighbours are searched; from 1 to 10,000, 200 by default. More: a
 *                       better graph, a slower build.
 * @param keepPruned     whether places that the selection heuristic left free are filled with the nearest of the
 *                       candidates it discarded ({@code keepPrunedConnections} of algorithm 4); on by default
 * @param seed           chooses the levels; by default the seed of the build context
 */
public record HnswParams(int m, int efConstruction, boolean keepPruned, long seed) {

    /** Refuses values out of range. */
    public HnswParams {
        if (m < 2 || m > 64) {
            throw new IllegalArgumentException("m is " + m + "; it must be from 2 to 64");
        }
        if (efConstruction < 1 || efConstruction > 10_000) {
            throw new IllegalArgumentException("efConstruction is " + efConstruction + "; it must be from 1 to 10000");
        }
    }

    /**
     * Reads {@code m}, {@code efConstruction}, {@code keepPruned} and {@code seed}.
     *
     * @throws IllegalArgumentException for an unknown name or a value out of range
     */
    public static HnswParams from(Parameters parameters, long defaultSeed) {
        parameters.requireOnly("m", "efConstruction", "keepPruned", "seed");
        return new HnswParams(
                parameters.getInt("m", 16),
                parameters.getInt("efConstruction", 200),
                parameters.getBoolean("keepPruned", true),
                parameters.getLong("seed", defaultSeed));
    }

    /** These parameters as text, with the defaults filled in. */
    public Parameters toParameters() {
        return Parameters.none()
                .with("m", m)
                .with("efConstruction", efConstruction)
                .with("keepPruned", keepPruned)
                .with("seed", seed);
    }

    /** The spec with these parameters, and those of the tiers if there are some, in place of what was asked for. */
    IndexSpec in(IndexSpec spec, CodeTiers tiers) {
        return tiers == null
                ? new IndexSpec(spec.provider(), toParameters(), spec.metric(), spec.type(), spec.dimension())
                : tiers.in(spec, toParameters());
    }

    /** Most links of a node on a layer: M above layer 0, 2·M on it. */
    int maxLinks(int level) {
        return level == 0 ? 2 * m : m;
    }
}
