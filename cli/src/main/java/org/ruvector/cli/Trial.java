package org.ruvector.cli;

import java.util.List;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.Workload;
import org.ruvector.datasets.Dataset;
import org.ruvector.datasets.GroundTruth;

/**
 * A data set in the form that benchmarks take.
 *
 * @param data what is searched
 */
record Trial(Dataset data) {

    Workload workload() {
        return new Workload(data.base().rows(), data.queries().rows(), data.metric());
    }

    /** The exact neighbours of each query. */
    int[][] truth() {
        GroundTruth truth = data.groundTruth();
        int[][] rows = new int[truth.queries()][truth.k()];
        for (int q = 0; q < rows.length; q++) {
            System.arraycopy(truth.ids(), q * truth.k(), rows[q], 0, truth.k());
        }
        return rows;
    }

    /** Where figures about these data come from. */
    Provenance provenance(long seed, List<String> command) {
        Provenance provenance = Provenance.of(data.name(), workload(), seed, command)
                .with("data.sha256", data.provenance().checksum());
        for (var fact : data.provenance().facts().entrySet()) {
            provenance = provenance.with("data." + fact.getKey(), fact.getValue());
        }
        return provenance;
    }
}
