package org.ruvector.api;

/** Told how long work is getting on, and asked whether to give up. Called from any worker thread. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody and never cancels. */
    Progress NONE = (stage, done, total) -> true;

    /**
     * Work has got on.
     *
     * @param stage what is being done, for example {@code build hnsw}
     * @param done  units finished
     * @param total units in all, or −1 if unknown
     * @return whether to go on; {@code false} makes the work end with a {@link java.util.concurrent.CancellationException}
     */
    boolean update(String stage, long done, long total);
}
