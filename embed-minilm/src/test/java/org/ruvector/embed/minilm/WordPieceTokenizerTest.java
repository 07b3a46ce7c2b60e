package org.ruvector.embed.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WordPieceTokenizerTest {

    private static final Map<String, Integer> VOCABULARY = MiniLmResources.vocabulary();
    private static final WordPieceTokenizer TOKENIZER = new WordPieceTokenizer(VOCABULARY, 256);

    @Test
    void givesTheIdsOfTheReference() throws IOException {
        List<Goldens.Line> lines = Goldens.read("tokens.tsv");
        assertEquals(892, lines.size());
        for (Goldens.Line line : lines) {
            int[] expected = line.values().stream().mapToInt(Integer::parseInt).toArray();
            assertArrayEquals(expected, TOKENIZER.encode(line.text()), line.text());
        }
    }

    @Test
    void marksTheEndsOfAnEmptyText() {
        assertArrayEquals(new int[] {101, 102}, TOKENIZER.encode(""));
        assertArrayEquals(new int[] {101, 102}, TOKENIZER.encode(" \t\r\n\u00A0\u3000"));
    }

    @Test
    void cutsLongTextsAndKeepsTheEndMark() {
        int[] ids = TOKENIZER.encode("dog ".repeat(2_500));
        assertEquals(256, ids.length);
        assertEquals(101, ids[0]);
        assertEquals(VOCABULARY.get("dog"), ids[254]);
        assertEquals(102, ids[255]);
        assertArrayEquals(new int[] {101, 102}, new WordPieceTokenizer(VOCABULARY, 2).encode("dog"));
    }

    @Test
    void dropsLoneSurrogates() {
        assertArrayEquals(TOKENIZER.encode("ab"), TOKENIZER.encode("a\uD83Db\uDE00"));
    }

    @Test
    void refusesTooFewTokensAndAForeignVocabulary() {
        assertEquals(
                "maxTokens was 1; it must be at least 2, for [CLS] and [SEP]",
                assertThrows(IllegalArgumentException.class, () -> new WordPieceTokenizer(VOCABULARY, 1))
                        .getMessage());
        assertEquals(
                "the vocabulary of 1 pieces has no [PAD]; use the tokenizer file that belongs to the model",
                assertThrows(IllegalArgumentException.class, () -> new WordPieceTokenizer(Map.of("a", 0), 256))
                        .getMessage());
    }

    @Property(tries = 500)
    void anyTextGivesValidIds(@ForAll @StringLength(max = 400) String text) {
        int[] ids = TOKENIZER.encode(text);
        assertTrue(ids.length >= 2 && ids.length <= 256);
        assertEquals(101, ids[0]);
        assertEquals(102, ids[ids.length - 1]);
        assertTrue(Arrays.stream(ids).allMatch(id -> id >= 0 && id < VOCABULARY.size()));
    }

    @Property(tries = 500)
    void wordsDoNotInfluenceEachOther(
            @ForAll @StringLength(max = 50) String left, @ForAll @StringLength(max = 50) String right) {
        int[] a = TOKENIZER.encode(left);
        int[] b = TOKENIZER.encode(right);
        int[] expected = IntStream.concat(Arrays.stream(a, 0, a.length - 1), Arrays.stream(b, 1, b.length))
                .toArray();
        assertArrayEquals(expected, TOKENIZER.encode(left + " " + right));
    }
}
