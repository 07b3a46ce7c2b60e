/**
 * Quantizers, each behind {@link org.ruvector.api.spi.QuantizerProvider}: scalar ({@code sq8}, {@code sq4}), with a random
 * rotation ({@code rabitq}, {@code rotational}), bits compared by Hamming distance ({@code binary}, {@code hyperplanes}, {@code itq},
 * {@code neural-hash}). For authors of quantizers: {@link org.ruvector.quant.spi.Rotation} and its kinds.
 */
package org.ruvector.quant.spi;
