package org.ruvector.bench.micro;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.ruvector.bench.ForkedJvm;

/**
 * Runs JMH, whose forks know nothing of modules: they get this virtual machine's module path as their class path.
 *
 * @param count   virtual machines started for each figure, at least 1
 * @param seconds length of an iteration
 */
public record Forks(int count, double seconds) {

    /** JMH's name of what its allocation profiler tells for each operation. */
    static final String BYTES = "gc.alloc.rate.norm";

    /**
     * Fewer bytes than that, for each row or node, are those that JMH itself allocates, about seven thousand in an iteration. The
     * smallest object in every call for 32 rows would be 0.5 for each.
     */
    static final double NO_BYTES = 0.1;

    /** Refuses no forks, and no time. */
    public Forks {
        if (count < 1 || !(seconds > 0)) {
            throw new IllegalArgumentException(
                    "forks is " + count + " and seconds " + seconds + "; both must be positive");
        }
    }

    /** What to run, to which parameters are added. */
    ChainedOptionsBuilder options(Class<?> benchmark) {
        TimeValue time = TimeValue.microseconds((long) Math.ceil(seconds * 1e6));
        return new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .forks(count)
                .warmupTime(time)
                .measurementTime(time)
                .shouldFailOnError(true)
                // Without this, forks inherit our arguments, --module-path too, and then find jmh_generated closed to
                // them.
                .jvmArgs();
    }

    /** Gives a benchmark's parameter these values. */
    static void set(ChainedOptionsBuilder options, String parameter, List<?> values) {
        options.param(parameter, values.stream().map(String::valueOf).toArray(String[]::new));
    }

    /** Runs the benchmarks. */
    static Collection<RunResult> run(ChainedOptionsBuilder options) {
        System.setProperty("java.class.path", ForkedJvm.classPath());
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
        }
    }

    /** The median of all iterations of all forks: a machine that does something else spoils the mean. */
    static double median(Result<?> result) {
        return result.getStatistics().getPercentile(50);
    }

    /** A figure as tables show it; a dash for none. */
    static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }
}
