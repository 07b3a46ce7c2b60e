package org.ruvector.api.spi;

import java.util.List;

/** Turns text into vectors so that texts of like meaning lie near each other. Thread-safe and deterministic. */
public interface TextEmbedder extends AutoCloseable {

    /** Coordinates per vector. */
    int dimension();

    /** Longest text in the model's tokens; the rest of a longer text is ignored. */
    int maxTokens();

    /** The unit-length vector of one text; empty text has one too. */
    float[] embed(String text);

    /**
     * The vectors of many texts, computed on the calling thread; each is the same as {@link #embed} gives. For several
     * cores call it from several threads with parts of the texts.
     *
     * @param out receives {@code texts.size() · dimension()} floats, row {@code i} for text {@code i}
     */
    void embedAll(List<String> texts, float[] out);

    /** Frees the model. */
    @Override
    void close();
}
