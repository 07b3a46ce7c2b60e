package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;

final class UsualSweepTest {

    private static final VectorRows ROWS = VectorRows.ofFloats(new float[] {1, 2, 3, 4}, 2);
    private static final Workload WORKLOAD = new Workload(ROWS, ROWS, Metric.EUCLIDEAN);

    @Test
    void an_index_without_search_parameters_is_measured_once() {
        PluginContestant flat = new PluginContestant("flat", BuildContext.of(Plugins.load()));
        Sweep sweep = UsualSweep.of(List.of(flat), WORKLOAD, 1, List.of(1));
        assertEquals(List.of(Parameters.none()), sweep.points());
    }

    @Test
    void a_graph_of_a_peer_makes_the_sweep_one_over_ef() {
        Sweep sweep = UsualSweep.of(List.of(peer("ef")), WORKLOAD, 1, List.of(1));
        assertEquals(Parameters.parse("ef=10"), sweep.points().getFirst());
        assertEquals(Parameters.parse("ef=800"), sweep.points().getLast());
    }

    @Test
    void inverted_files_of_a_peer_make_the_sweep_one_over_nprobe() {
        Sweep sweep = UsualSweep.of(List.of(peer("nprobe")), WORKLOAD, 1, List.of(1));
        assertEquals(Parameters.parse("nprobe=1"), sweep.points().getFirst());
        assertEquals(Parameters.parse("nprobe=128"), sweep.points().getLast());
    }

    private static Contestant peer(String varied) {
        return new Contestant() {
            @Override
            public String name() {
                return "peer";
            }

            @Override
            public boolean peer() {
                return true;
            }

            @Override
            public String varied() {
                return varied;
            }

            @Override
            public BuiltIndex build(Workload workload, int threads) {
                throw new AssertionError("a peer need not be built to be asked");
            }
        };
    }
}
