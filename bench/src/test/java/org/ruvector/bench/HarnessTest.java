package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;

class HarnessTest {

    private final Workload workload = Clustered.workload(500, 40, 8, Metric.EUCLIDEAN);
    private final int[][] truth =
            Clustered.truth(workload, IntStream.range(0, 500).toArray(), 10);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private Harness harness(String sweep, int repetitions) {
        return new Harness(
                workload, truth, Sweep.parse(sweep, 10, List.of(1)), new Harness.Effort(1, 1, repetitions, 0));
    }

    /** Answers the first {@code find} exact neighbours, or all where it takes no parameters. */
    private final class Oracle implements Contestant {
        private final String name;
        private final Set<String> known;

        Oracle(String name, Set<String> known) {
            this.name = name;
            this.known = known;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean peer() {
            return !known.isEmpty();
        }

        @Override
        public BuiltIndex build(Workload unused, int threads) {
            log.add("build " + name);
            return new BuiltIndex() {
                @Override
                public String params() {
                    return "";
                }

                @Override
                public long buildNanos() {
                    return 2_000_000_000;
                }

                @Override
                public long bytes() {
                    return 500 * 40;
                }

                @Override
                public String kernel() {
                    return "none";
                }

                @Override
                public boolean accepts(Parameters point) {
                    return known.containsAll(point.asMap().keySet());
                }

                @Override
                public QuerySearcher searcher(Parameters point, int k) {
                    log.add(name + " " + point);
                    int find = point.getInt("find", k);
                    return (query, ids) -> {
                        System.arraycopy(truth[query], 0, ids, 0, find);
                        return find;
                    };
                }

                @Override
                public void close() {
                    log.add("close " + name);
                }
            };
        }
    }

    @Test
    void measuresEveryContestantAtEveryPoint() {
        Contestant graph = new Oracle("graph", Set.of("find"));
        List<Measurement> all = harness("find=5,10", 3).run(List.of(graph), Progress.NONE);
        assertEquals(2, all.size());
        assertEquals(0.5, all.get(0).recall(), 1e-12);
        assertEquals(1, all.get(1).recall(), 1e-12);
        assertEquals(2, all.get(0).subject().build().seconds());
        assertEquals(40, all.get(0).subject().build().bytesPerVector());
        for (Measurement m : all) {
            Measurement.Speed speed = m.speed();
            assertTrue(speed.qps() > 0 && speed.p50() <= speed.p95() && speed.p95() <= speed.p99(), speed.toString());
        }
    }

    @Test
    void measuresOnceWhoeverDoesNotKnowTheParameter() {
        List<Contestant> both = List.of(new Oracle("flat", Set.of()), new Oracle("graph", Set.of("find")));
        List<Measurement> all = harness("find=5,10", 1).run(both, Progress.NONE);
        assertEquals(
                List.of("flat ", "graph find=5", "graph find=10"),
                all.stream().map(m -> m.subject().name() + " " + m.point()).toList());
    }

    @Test
    void measuresEachAtThePointsThatItKnows() {
        List<Contestant> all = List.of(
                new Oracle("flat", Set.of()),
                new Oracle("graph", Set.of("find")),
                new Oracle("lists", Set.of("probe")));
        Sweep sweep = Sweep.parse("find=5,10", 10, List.of(1)).and(Sweep.parse("probe=1,2", 10, List.of(1)));
        List<Measurement> measured =
                new Harness(workload, truth, sweep, new Harness.Effort(1, 1, 1, 0)).run(all, Progress.NONE);
        assertEquals(
                List.of("flat ", "graph find=5", "graph find=10", "lists probe=1", "lists probe=2"),
                measured.stream().map(m -> m.subject().name() + " " + m.point()).toList());
    }

    @Test
    void letsContestantsTakeTurnsInARotatingOrder() {
        List<Contestant> both = List.of(new Oracle("a", Set.of("find")), new Oracle("b", Set.of("find")));
        harness("find=5,10", 2).run(both, Progress.NONE);
        List<String> timed = log.subList(log.size() - 10, log.size() - 2);
        assertEquals(
                List.of(
                        "a find=5",
                        "b find=5",
                        "a find=10",
                        "b find=10",
                        "b find=5",
                        "a find=5",
                        "b find=10",
                        "a find=10"),
                timed);
        assertEquals(List.of("close a", "close b"), log.subList(log.size() - 2, log.size()));
    }

    @Test
    void measuresWithSeveralThreads() {
        Sweep sweep = Sweep.parse("find=10", 10, List.of(1, 2));
        Harness harness = new Harness(workload, truth, sweep, new Harness.Effort(1, 2, 1, 0));
        List<Measurement> all = harness.run(List.of(new Oracle("a", Set.of("find"))), Progress.NONE);
        assertEquals(List.of(1, 2), all.stream().map(Measurement::threads).toList());
        assertEquals(2, Collections.frequency(log, "build a"));
        assertEquals(2, Collections.frequency(log, "close a"));
    }

    @Test
    void leavesOutThePointsAfterEnoughRecall() {
        Sweep sweep = Sweep.parse("find=3,6,8,10", 10, List.of(1)).until(0.6);
        Harness harness = new Harness(workload, truth, sweep, new Harness.Effort(1, 1, 1, 0));
        List<Measurement> all = harness.run(List.of(new Oracle("a", Set.of("find"))), Progress.NONE);
        assertEquals(
                List.of("find=3", "find=6"),
                all.stream().map(m -> m.point().toString()).toList());
    }

    @Test
    void refusesParametersThatNobodyKnows() {
        Contestant graph = new Oracle("graph", Set.of("find"));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> harness("fnid=5", 1).run(List.of(graph), Progress.NONE));
        assertTrue(e.getMessage().contains("fnid=5"), e.getMessage());
        assertEquals("close graph", log.getLast());
    }

    @Test
    void closesWhatWasBuiltWhenABuildFails() {
        Contestant broken = new Contestant() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public boolean peer() {
                return true;
            }

            @Override
            public BuiltIndex build(Workload unused, int threads) {
                throw new UnavailableException("something is missing");
            }
        };
        List<Contestant> both = List.of(new Oracle("a", Set.of("find")), broken);
        assertThrows(UnavailableException.class, () -> harness("find=5", 1).run(both, Progress.NONE));
        assertEquals("close a", log.getLast());
    }

    @Test
    void stopsWhenTold() {
        List<Contestant> one = List.of(new Oracle("a", Set.of("find")));
        assertThrows(
                CancellationException.class,
                () -> harness("find=5", 1).run(one, (stage, done, total) -> !stage.startsWith("repetition")));
        assertFalse(log.isEmpty());
        assertEquals("close a", log.getLast());
    }

    @Test
    void refusesATruthWithTooFewNeighbours() {
        Sweep sweep = Sweep.parse("find=5", 11, List.of(1));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new Harness(workload, truth, sweep, Harness.Effort.standard(1)));
        assertTrue(e.getMessage().contains("10 neighbours of query 0, but k is 11"), e.getMessage());
    }

    @Test
    void reportsWhatWasVariedAndHowThoroughly() {
        Report report = harness("find=5,10", 1)
                .report(
                        Provenance.of("test", workload, 42, List.of("ruvector", "bench")),
                        List.of(new Oracle("a", Set.of("find"))),
                        Progress.NONE);
        assertEquals(10, report.provenance().facts().get("k"));
        assertEquals(List.of("find=5", "find=10"), report.provenance().facts().get("sweep"));
        assertEquals(1, report.provenance().facts().get("repetitions"));
    }
}
