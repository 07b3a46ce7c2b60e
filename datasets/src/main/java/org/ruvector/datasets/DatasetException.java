package org.ruvector.datasets;

import java.io.IOException;
import java.io.Serial;

/** A file does not hold what its format promises; the message names the file, the byte offset and the value found. */
public sealed class DatasetException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * For a problem with a file as a whole.
     *
     * @param file    the file, as messages name it
     * @param problem what is wrong, the value, and what is allowed
     */
    public DatasetException(String file, String problem) {
        super(file + ": " + problem);
    }

    /**
     * For a problem at one place.
     *
     * @param file    the file, as messages name it
     * @param offset  bytes from the start of the file; of the unpacked file if it is compressed
     * @param problem what is wrong, the value, and what is allowed
     */
    public DatasetException(String file, long offset, String problem) {
        this(file + ", byte " + offset, problem);
    }

    /** There is no such file. */
    public static final class Missing extends DatasetException {

        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * With what is missing.
         *
         * @param file    the file, as messages name it
         * @param problem what to do about it
         */
        public Missing(String file, String problem) {
            super(file, problem);
        }
    }
}
