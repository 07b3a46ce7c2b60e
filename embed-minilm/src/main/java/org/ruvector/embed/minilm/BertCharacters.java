package org.ruvector.embed.minilm;

/**
 * The character classes of BERT's tokenizer, which are not quite Java's.
 *
 * <p>Categories are those of the running JDK's Unicode; the reference's are older. Compared over all code points (JDK
 * 25, tokenizers 0.36) the two agree on all but 618 that were assigned or reclassified since. None of these is in the
 * vocabulary; with them, the number of {@code [UNK]} in a text can differ.
 */
final class BertCharacters {

    private BertCharacters() {}

    /** What separates words. Ask {@link #isRemoved} first. */
    static boolean isWhitespace(int c) {
        return switch (c) {
            case '\t', '\n', '\r', ' ' -> true;
            default -> c >= 0x80 && Character.isSpaceChar(c);
        };
    }

    /** What is dropped; tab and line ends are white space, although Unicode calls them controls. */
    static boolean isRemoved(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return false;
        }
        if (c == 0xFFFD) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    /** What is a word of its own. The last range but one starts where the reference starts it. */
    static boolean isIdeograph(int c) {
        return (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    /** All ASCII that is neither letter nor digit, white space nor control, and Unicode's punctuation. */
    static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
