package org.ruvector.quant.spi;

import org.ruvector.api.spi.Codes;

/** Codes that a quantizer made itself, as far as their size tells. */
final class OwnCodes {

    private OwnCodes() {}

    /** Refuses codes of another size. */
    static void require(Codes codes, int codeBytes) {
        if (codes.codeBytes() != codeBytes) {
            throw new IllegalArgumentException("The codes have " + codes.codeBytes()
                    + " bytes, but this quantizer's have " + codeBytes + "; take codes that it made");
        }
    }
}
