package org.ruvector.api.spi;

/** Whether a plugin can run on this machine. */
public sealed interface Availability {

    /** It can. */
    record Usable() implements Availability {}

    /**
     * It cannot.
     *
     * @param reason one sentence for people: what is missing and how to get it
     */
    record Unusable(String reason) implements Availability {}
}
