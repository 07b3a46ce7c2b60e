package org.ruvector.bench;

import java.io.Serial;

/** Something that a measurement needs is missing here; the message is a sentence that says what, and how to get it. */
public final class UnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With a message for people.
     *
     * @param message what is missing
     */
    public UnavailableException(String message) {
        super(message);
    }

    /**
     * With a message for people and what showed it.
     *
     * @param message what is missing
     * @param cause   what showed it
     */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
