package org.ruvector.api;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.ruvector.api.spi.KernelProvider;

/**
 * What a build may use. Immutable; start with {@link #of} and refine.
 *
 * @param plugins  where other plugins are found by name
 * @param kernel   the distance kernels to use
 * @param workers  where and how widely work runs
 * @param seed     every random choice follows from it
 * @param progress told about the work
 */
public record BuildContext(Plugins plugins, KernelProvider kernel, Workers workers, long seed, Progress progress) {

    /** The seed used where none is given. */
    public static final long DEFAULT_SEED = 42;

    /**
     * Where work runs.
     *
     * @param executor    runs tasks; the caller waits for them
     * @param parallelism number of tasks given to it at once, at least 1
     */
    public record Workers(Executor executor, int parallelism) {
        /** One task at a time on the calling thread. */
        public static final Workers CALLER = new Workers(Runnable::run, 1);

        /** Refuses a parallelism below 1. */
        public Workers {
            Objects.requireNonNull(executor, "executor");
            if (parallelism < 1) {
                throw new IllegalArgumentException("parallelism is " + parallelism + "; it must be at least 1");
            }
        }
    }

    /** Refuses nulls. */
    public BuildContext {
        Objects.requireNonNull(plugins, "plugins");
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(workers, "workers");
        Objects.requireNonNull(progress, "progress");
    }

    /** The best usable kernel, the calling thread, {@link #DEFAULT_SEED}, nobody told. */
    public static BuildContext of(Plugins plugins) {
        return new BuildContext(plugins, plugins.kernel(), Workers.CALLER, DEFAULT_SEED, Progress.NONE);
    }

    /** This context with the kernel of that name. */
    public BuildContext kernel(String name) {
        return new BuildContext(plugins, plugins.kernel(name), workers, seed, progress);
    }

    /** This context with work on the given executor, {@code parallelism} tasks at once. */
    public BuildContext on(Executor executor, int parallelism) {
        return new BuildContext(plugins, kernel, new Workers(executor, parallelism), seed, progress);
    }

    /** This context with another seed. */
    public BuildContext seed(long other) {
        return new BuildContext(plugins, kernel, workers, other, progress);
    }

    /** This context with somebody told about the work. */
    public BuildContext progress(Progress listener) {
        return new BuildContext(plugins, kernel, workers, seed, listener);
    }
}
