package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class WordNetGlossesTest {

    @Test
    void readsAllInTheFixedOrder() {
        List<String> texts = WordNetGlosses.read();
        assertEquals(117_791, texts.size());
        assertEquals(117_790, new HashSet<>(texts).size());
        assertEquals(
                "entity: that which is perceived or known or inferred to have its own distinct existence"
                        + " (living or nonliving)",
                texts.getFirst());
        assertTrue(texts.get(82_192).startsWith("breathe: "), texts.get(82_192)); // the first verb
        assertTrue(texts.get(95_981).startsWith("able: "), texts.get(95_981)); // the first adjective
        assertTrue(texts.get(114_166).startsWith("a cappella: "), texts.get(114_166)); // the first adverb
        assertEquals(
                0,
                texts.stream()
                        .filter(t -> t.contains("_") && t.indexOf('_') < t.indexOf(':'))
                        .count());

        // Compared once with what extjwnl 2.0.5 reads: equal but for trailing spaces, which it keeps in 86 glosses.
        CRC32C crc = new CRC32C();
        texts.forEach(text -> crc.update((text + "\n").getBytes(StandardCharsets.UTF_8)));
        assertEquals("d57ab7ad", Long.toHexString(crc.getValue()));
    }

    @Test
    void takesTheFirstWordWithoutMarkerAndTheWholeGloss() throws IOException {
        assertEquals(
                List.of("ab initio: at the beginning; \"a | b\""),
                read("  1 licence | x\n00001740 00 a 01 ab_initio(ip) 0 000 | at the beginning; \"a | b\"  \n"));
    }

    @Test
    void saysWhichLineIsWrong() {
        for (String line : List.of("", "00001740 03 n", "00001740 03 n 01 entity 0 000 no bar", "1 2 3 4 | gloss")) {
            IOException e = assertThrows(IOException.class, () -> read("  1 licence\n" + line + "\n"));
            assertEquals(
                    "net/sf/extjwnl/data/wordnet/wn31/data.x, line 2: expected 'offset lexFile type wordCount word ... |"
                            + " gloss', found '" + line + "'",
                    e.getMessage());
        }
    }

    private static List<String> read(String content) throws IOException {
        List<String> texts = new ArrayList<>();
        try (InputStream in = new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))) {
            WordNetGlosses.readFile("data.x", in, texts);
        }
        return texts;
    }
}
