package org.ruvector.api.spi;

/** A text embedding model, found by name. */
public non-sealed interface TextEmbedderProvider extends Provider {

    /** Loads the model; takes time and memory, so create one and share it. */
    TextEmbedder create();
}
