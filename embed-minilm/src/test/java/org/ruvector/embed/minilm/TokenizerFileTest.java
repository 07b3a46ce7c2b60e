package org.ruvector.embed.minilm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFileTest {

    @Test
    void readsTheVocabularyAndSkipsTheRest() throws IOException {
        String json = """
                { "version": "1.0", "n": [null, true, -1.5e3, {"vocab": {"no": 7}}, "]}"], "empty": {}, "none": [],
                  "model" : { "type": "WordPiece",
                  "vocab":{"a":0,"##\\u00e9":1 , "\\"\\\\\\/\\b\\f\\n\\r\\t": 2,"\\ud83d\\ude00":3, "é":4}, "z": 1 } }""";
        assertEquals(
                Map.of("a", 0, "##\u00e9", 1, "\"\\/\b\f\n\r\t", 2, "\ud83d\ude00", 3, "\u00e9", 4),
                TokenizerFile.vocabulary("t.json", json));
    }

    @Test
    void readsTheModelsOwn() {
        Map<String, Integer> vocabulary = MiniLmResources.vocabulary();
        assertEquals(30_522, vocabulary.size());
        assertEquals(0, vocabulary.get("[PAD]"));
        assertEquals(1037, vocabulary.get("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                    | t.json: no object model.vocab in it",
                "{\"model\": 3}                        | t.json: no object model.vocab in it",
                "{\"model\": {\"type\": \"BPE\"}}      | t.json: no object model.vocab in it",
                "[]                                    | t.json, character 0: found '[' where '{' belongs",
                "{\"model\": {\"vocab\": {\"a\": 0     | t.json, character 27: found the end of the file",
                "{\"model\": {\"vocab\": {}}}          | t.json, character 21: found an empty vocabulary",
                "{\"model\": {\"vocab\": {\"a\": x}}}  | t.json, character 26: found 'x' where a token id belongs",
                "{\"model\": {\"vocab\": {\"a\": -1}}} | t.json, character 26: found '-1' where a token id belongs",
                "{\"model\": {\"vocab\": {\"a\": 1}}}  | t.json, character 28: found 1 pieces with ids that are not 0 to 0",
                "{\"model\": {\"vocab\": {\"a\":0,\"a\":1}}} | t.json, character 32: found the piece 'a' a second time",
                "{\"model\": {\"vocab\": {\"a\":0 \"b\":1}}} | t.json, character 27: found '\"' where a comma",
                "{\"model\": {\"vocab\": {\"\\x\":0}}} | t.json, character 24: found the unknown escape '\\x'",
                "{\"model\": {\"vocab\": {\"\\u12\":0}}} | t.json, character 24: found a broken \\u escape",
                "{\"a\": ], \"model\": 1}              | t.json, character 7: found a closing bracket",
                "{\"a\": *, \"model\": 1}              | t.json, character 6: found '*' where a value belongs",
            })
    void saysWhatIsWrong(String json, String message) {
        IOException e = assertThrows(IOException.class, () -> TokenizerFile.vocabulary("t.json", json));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
