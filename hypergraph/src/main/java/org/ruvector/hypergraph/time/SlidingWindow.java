package org.ruvector.hypergraph.time;

/**
 * A window that slides over time.
 *
 * @param width how long it is, in milliseconds, at least 1
 * @param step  by how much one starts after the one before, in milliseconds, at least 1; with the width as the step, windows
 *     cover everything once
 */
public record SlidingWindow(long width, long step) {

    /** Refuses a width or step below 1. */
    public SlidingWindow {
        if (width < 1 || step < 1) {
            throw new IllegalArgumentException(
                    "The window is " + width + " ms wide and slides by " + step + " ms; both must be at least 1");
        }
    }
}
