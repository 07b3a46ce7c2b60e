package org.ruvector.api;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
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

        /**
         * Runs {@code parallelism} copies of a task and waits until all have ended. Copies share the work among them, for
         * example by counting an atomic integer up; they may run one after another if the executor has few threads. One that
         * fails does not stop the others: a task that wants that notes its failure where the others look.
         *
         * <p>The caller holds no lock that the task needs, also indirectly: a copy could wait for it forever. For the same
         * reason the caller is not itself one of the last free threads of the executor. An interrupt of the caller ends
         * nothing and stays noted; work is cancelled through {@link Progress}.
         *
         * @throws RuntimeException the first failure of a copy, as it was thrown, or the executor's refusal to run one; the
         *                          other failures are its suppressed ones
         * @throws Error            likewise
         */
        @SuppressWarnings(
                "ReferenceEquality") // an exception cannot suppress itself, though several copies may throw it
        public void run(Runnable task) {
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            Semaphore ended = new Semaphore(0);
            for (int i = 0; i < parallelism; i++) {
                try {
                    executor.execute(() -> {
                        try {
                            task.run();
                        } catch (Throwable e) {
                            failures.add(e);
                        } finally {
                            ended.release();
                        }
                    });
                } catch (RuntimeException refusal) {
                    failures.add(refusal);
                    ended.release();
                }
            }
            ended.acquireUninterruptibly(parallelism);
            Throwable first = failures.poll();
            failures.stream().filter(other -> other != first).forEach(other -> first.addSuppressed(other));
            switch (first) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                // A Runnable declares none, but a compiler of another language may let it pass.
                case Throwable e -> throw new CompletionException(e);
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
