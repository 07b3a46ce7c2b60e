package org.ruvector.bench;

import java.util.ArrayList;
import java.util.List;
import org.ruvector.api.Parameters;
import org.ruvector.bench.PluginContestant.Built;

/** The sweep for those who name none: every search-time parameter of the field that somebody who takes part knows. */
public final class UsualSweep {

    /** To add a parameter, add a line. */
    private static final List<String> AXES = List.of("ef=10,20,40,80,120,200,400,800", "nprobe=1,2,4,8,16,32,64,128");

    private UsualSweep() {}

    /**
     * Chooses the points. Each of our indexes is asked by way of a sample that has one row.
     *
     * @param contestants who takes part
     * @param workload    what will be searched, at least one row and one query
     * @param k           neighbours wanted
     * @param threads     numbers of searching threads
     * @return a sweep of which every point is known to somebody, or one of the defaults alone
     */
    public static Sweep of(List<? extends Contestant> contestants, Workload workload, int k, List<Integer> threads) {
        Workload sample = new Workload(workload.base().slice(0, 1), workload.queries(), workload.metric());
        List<Parameters> points = new ArrayList<>();
        for (String axis : AXES) {
            Sweep candidate = Sweep.parse(axis, k, threads);
            if (contestants.stream().anyMatch(c -> knows(c, candidate.points().getLast(), sample))) {
                points.addAll(candidate.points());
            }
        }
        return points.isEmpty() ? Sweep.parse("", k, threads) : new Sweep(points, k, threads, Double.POSITIVE_INFINITY);
    }

    private static boolean knows(Contestant contestant, Parameters point, Workload sample) {
        if (!(contestant instanceof PluginContestant ours)) {
            return point.asMap().containsKey(contestant.varied());
        }
        try (Built index = ours.build(sample, 1)) {
            return index.accepts(point);
        }
    }
}
