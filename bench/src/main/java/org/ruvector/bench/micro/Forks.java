package org.ruvector.bench.micro;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.ruvector.bench.ForkedJvm;

/** Runs JMH, whose forks know nothing of modules: they get this virtual machine's module path as their class path. */
final class Forks {

    private Forks() {}

    /** Runs the benchmarks. */
    static Collection<RunResult> run(ChainedOptionsBuilder options) {
        // Without this, forks inherit our arguments, --module-path too, and then find jmh_generated closed to them.
        options.jvmArgs();
        System.setProperty("java.class.path", ForkedJvm.classPath());
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
        }
    }
}
