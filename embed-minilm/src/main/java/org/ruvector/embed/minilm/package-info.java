/**
 * The sentence encoder all-MiniLM-L6-v2 behind {@link org.ruvector.api.spi.TextEmbedder}: offline, deterministic, safe
 * to share between threads. {@link org.ruvector.embed.minilm.MiniLmEmbedderProvider} says what it computes.
 */
package org.ruvector.embed.minilm;
