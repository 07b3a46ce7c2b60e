package org.ruvector.api;

import java.io.Serial;

/**
 * A saved index cannot be used. Each way in which a file can be wrong is a class of its own, so that a caller can tell
 * "not ours" from "ours but damaged". Plain I/O errors stay {@link java.io.IOException}.
 */
public abstract sealed class IndexFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private IndexFileException(String message) {
        super(message);
    }

    /** The file is no index file at all. */
    public static final class Foreign extends IndexFileException {
        @Serial
        private static final long serialVersionUID = 1L;

        /** With a message that names the file and what was expected. */
        public Foreign(String message) {
            super(message);
        }
    }

    /** The file was written in a format version that this program does not read. */
    public static final class ForeignVersion extends IndexFileException {
        @Serial
        private static final long serialVersionUID = 1L;

        /** With a message that names the file, its version and those that can be read. */
        public ForeignVersion(String message) {
            super(message);
        }
    }

    /** The file ends too early. */
    public static final class Truncated extends IndexFileException {
        @Serial
        private static final long serialVersionUID = 1L;

        /** With a message that names the file, its length and the length it should have. */
        public Truncated(String message) {
            super(message);
        }
    }

    /** A checksum does not match, or a value is out of its range. */
    public static final class Corrupt extends IndexFileException {
        @Serial
        private static final long serialVersionUID = 1L;

        /** With a message that names the file, the section and what is wrong. */
        public Corrupt(String message) {
            super(message);
        }
    }

    /** The file belongs to another plugin than the one asked to open it. */
    public static final class WrongProvider extends IndexFileException {
        @Serial
        private static final long serialVersionUID = 1L;

        /** With a message that names both plugins. */
        public WrongProvider(String message) {
            super(message);
        }
    }
}
