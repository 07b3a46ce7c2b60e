package org.ruvector.api;

import java.io.Serial;

/** A plugin is unknown, unusable here, or clashes with another; the message says which and what to do. */
public final class PluginException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public PluginException(String message) {
        super(message);
    }
}
