package org.ruvector.bench.micro;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.ruvector.bench.ForkedJvm;

/** Runs JMH, which starts every fork with this virtual machine's class path and nothing else. */
final class Forks {

    private Forks() {}

    /** Runs the benchmarks; what lies on the module path is added to the class path first. */
    static Collection<RunResult> run(Options options) {
        System.setProperty("java.class.path", ForkedJvm.classPath());
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
        }
    }
}
