package org.ruvector.embed.minilm;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * BERT's uncased tokenizer: text to word-piece ids, equal to what the model was trained with.
 *
 * <p>Paper: Devlin, Chang, Lee and Toutanova, "BERT: Pre-training of Deep Bidirectional Transformers for Language
 * Understanding", NAACL 2019; the pieces are those of Wu et al., "Google's Neural Machine Translation System",
 * arXiv:1609.08144, 2016. The steps, in their order:
 *
 * <ol>
 *   <li>the five special tokens ({@code [CLS]} and so on), written in the text exactly so, become their ids;
 *   <li>control characters go, every white space becomes a space, an ideograph gets a space on each side;
 *   <li>canonical decomposition (NFD), accents (category Mn) go, each remaining character to lower case;
 *   <li>split at white space, and before and after every punctuation character;
 *   <li>each word becomes the longest piece of the vocabulary that starts it, then the longest {@code ##}piece that
 *       starts the rest, and so on; a word of over 100 characters, or one that cannot be spelled, is {@code [UNK]}.
 * </ol>
 *
 * <p>The result is {@code [CLS] pieces… [SEP]}, cut to the maximum by dropping the last pieces. Lone surrogates count
 * as control characters. Time O(length) apart from the longest match, which looks up at most the longest vocabulary
 * entry's length per piece. Immutable; any number of threads may use it.
 */
final class WordPieceTokenizer {

    private static final List<String> SPECIALS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private static final int MAX_WORD_CHARS = 100;

    private static final String CONTINUATION = "##";

    private final Map<String, Integer> vocabulary;
    private final int maxTokens;
    private final int longestPiece;
    private final int unknown;
    private final int first;
    private final int last;

    /**
     * @param vocabulary piece to id; kept, not copied, and must not change
     * @param maxTokens the most ids that {@link #encode} returns, at least 2
     */
    WordPieceTokenizer(Map<String, Integer> vocabulary, int maxTokens) {
        if (maxTokens < 2) {
            throw new IllegalArgumentException(
                    "maxTokens was " + maxTokens + "; it must be at least 2, for [CLS] and [SEP]");
        }
        for (String special : SPECIALS) {
            if (!vocabulary.containsKey(special)) {
                throw new IllegalArgumentException("the vocabulary of " + vocabulary.size() + " pieces has no "
                        + special + "; use the tokenizer file that belongs to the model");
            }
        }
        this.vocabulary = vocabulary;
        this.maxTokens = maxTokens;
        this.longestPiece =
                vocabulary.keySet().stream().mapToInt(String::length).max().orElse(0);
        this.unknown = vocabulary.get("[UNK]");
        this.first = vocabulary.get("[CLS]");
        this.last = vocabulary.get("[SEP]");
    }

    /**
     * The ids of a text.
     *
     * @return a new array of 2 to {@code maxTokens} ids, which begins with that of {@code [CLS]} and ends with that of
     *     {@code [SEP]}; exactly these two for an empty text
     */
    int[] encode(String text) {
        Ids ids = new Ids(maxTokens);
        ids.add(first);
        int from = 0;
        int bracket = text.indexOf('[');
        while (bracket >= 0 && !ids.full()) {
            String special = specialAt(text, bracket);
            if (special == null) {
                bracket = text.indexOf('[', bracket + 1);
            } else {
                encodePlain(text.substring(from, bracket), ids);
                ids.add(vocabulary.get(special));
                from = bracket + special.length();
                bracket = text.indexOf('[', from);
            }
        }
        encodePlain(text.substring(from), ids);
        return ids.closedWith(last);
    }

    private static String specialAt(String text, int at) {
        for (String special : SPECIALS) {
            if (text.startsWith(special, at)) {
                return special;
            }
        }
        return null;
    }

    private void encodePlain(String text, Ids ids) {
        String clean = normalize(text);
        int length = clean.length();
        int wordStart = -1; // -1: between words
        for (int i = 0; i < length && !ids.full(); ) {
            int c = clean.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean punctuation = BertCharacters.isPunctuation(c);
            if (punctuation || c == ' ') {
                if (wordStart >= 0) {
                    encodeWord(clean, wordStart, i, ids);
                    wordStart = -1;
                }
                if (punctuation) {
                    encodeWord(clean, i, next, ids);
                }
            } else if (wordStart < 0) {
                wordStart = i;
            }
            i = next;
        }
        if (wordStart >= 0) {
            encodeWord(clean, wordStart, length, ids);
        }
    }

    /** Steps 2 and 3. In the result the only white space is the space. */
    private static String normalize(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        boolean ascii = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                // The common case, without table look-ups.
                if (c >= 'A' && c <= 'Z') {
                    clean.append((char) (c + ('a' - 'A')));
                } else if (c > ' ' && c != 0x7F) {
                    clean.append((char) c);
                } else if (BertCharacters.isWhitespace(c)) {
                    clean.append(' ');
                }
                continue;
            }
            if (BertCharacters.isRemoved(c)) {
                continue;
            }
            if (BertCharacters.isWhitespace(c)) {
                clean.append(' ');
            } else if (BertCharacters.isIdeograph(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
                ascii = false;
            } else {
                clean.appendCodePoint(c);
                ascii = false;
            }
        }
        return ascii ? clean.toString() : foldAccentsAndCase(clean);
    }

    private static String foldAccentsAndCase(CharSequence text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); ) {
            int c = decomposed.codePointAt(i);
            i += Character.charCount(c);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                folded.appendCodePoint(Character.toLowerCase(c));
            }
        }
        return folded.toString();
    }

    private void encodeWord(String text, int start, int end, Ids ids) {
        if (text.codePointCount(start, end) > MAX_WORD_CHARS) {
            ids.add(unknown);
            return;
        }
        int mark = ids.mark();
        for (int from = start; from < end; ) {
            String prefix = from == start ? "" : CONTINUATION;
            int to = Math.min(end, from + longestPiece);
            Integer id = null;
            while (to > from && (id = vocabulary.get(prefix.concat(text.substring(from, to)))) == null) {
                to--;
            }
            if (id == null) {
                ids.resetTo(mark);
                ids.add(unknown);
                return;
            }
            ids.add(id);
            from = to;
        }
    }

    /** The ids so far. It counts past its capacity without storing, so that a word can be taken back. */
    private static final class Ids {

        private final int[] ids;
        private int count;

        Ids(int capacity) {
            ids = new int[capacity];
        }

        void add(int id) {
            if (count < ids.length) {
                ids[count] = id;
            }
            count++;
        }

        boolean full() {
            return count >= ids.length;
        }

        int mark() {
            return count;
        }

        void resetTo(int mark) {
            count = mark;
        }

        int[] closedWith(int id) {
            int length = Math.min(count + 1, ids.length);
            int[] closed = Arrays.copyOf(ids, length);
            closed[length - 1] = id;
            return closed;
        }
    }
}
