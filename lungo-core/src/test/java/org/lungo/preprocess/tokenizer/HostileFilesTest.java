package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files that are wrong on purpose. The Rust library answers many with a panic, which ends the JVM and so fails this test.
 * {@code -Dlungo.fuzz=1000000} tries more mutations.
 */
class HostileFilesTest {
    private static final int MUTATIONS = Integer.getInteger("lungo.fuzz", 6000);

    private static final String BYTES = """
            {"version": "1.0", "truncation": {"max_length": 2, "strategy": "LongestFirst", "stride": 9},
             "padding": {"strategy": {"Fixed": 999999999999}, "pad_id": 0, "pad_type_id": 0, "pad_token": "x"},
             "added_tokens": [{"id": 8, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": true,
                               "normalized": true, "special": true},
                              {"id": 9, "content": "b b", "lstrip": true, "normalized": true}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"},
                  {"type": "Replace", "pattern": {"String": "q"}, "content": "a"}, {"type": "Prepend", "prepend": "_"},
                  {"type": "Strip", "strip_left": true, "strip_right": false}, {"type": "StripAccents"}]},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true},
                  {"type": "Split", "pattern": {"Regex": " ?\\\\p{L}+|\\\\s+(?!\\\\S)"}, "behavior": "Isolated", "invert": false},
                  {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}]},
             "post_processor": {"type": "Sequence", "processors": [
                  {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
                  {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"<s>": {"id": "<s>", "ids": [8], "tokens": ["<s>"]}}}]},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Strip", "content": "_", "start": 1, "stop": 0},
                  {"type": "Replace", "pattern": {"Regex": "x+"}, "content": "y"}, {"type": "ByteLevel"}, {"type": "Fuse"}]},
             "model": {"type": "BPE", "dropout": 0.5, "unk_token": "u", "continuing_subword_prefix": "", "fuse_unk": true,
                  "byte_fallback": true, "ignore_merges": true, "merges": ["a b", ["ab", "b"], ["\\u0120", "a"]],
                  "vocab": {"u": 0, "a": 1, "b": 2, "ab": 3, "abb": 4, "\\u0120": 5, "\\u0120a": 6, "<0x61>": 7}}}
            """;
    private static final String PIECES = """
            {"added_tokens": [{"id": 0, "content": "<unk>", "special": true}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                            "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "UnicodeScripts"},
                  {"type": "Punctuation", "behavior": "Contiguous"}, {"type": "CharDelimiterSplit", "delimiter": "-"},
                  {"type": "Metaspace", "replacement": "\\u2581", "prepend_scheme": "first", "split": true}]},
             "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 2],
                                "trim_offsets": true, "add_prefix_space": true},
             "decoder": {"type": "Metaspace", "replacement": "\\u2581", "prepend_scheme": "first", "split": true},
             "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
                       "vocab": [["<unk>", 0.0], ["\\u2581", -1.5], ["a", -2], ["ab", -2.5], ["\\u2581ab", -3]]}}
            """;
    private static final String WORD_PIECES = """
            {"added_tokens": [], "pre_tokenizer": {"type": "Whitespace"},
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
             "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 1], "cls": ["[CLS]", 2]},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                       "max_input_chars_per_word": 10, "vocab": {"[UNK]": 0, "a": 1, "##b": 2, "##bb": 3}}}
            """;
    private static final List<String> SEEDS = List.of(BYTES, PIECES, WORD_PIECES, TokenizerTest.WORDS);
    private static final String TEXT = "<s> ab b b  <s>abb\n\tÄa-12 _q🐻\0x 生活 a\u0301 \u200D<mask> ";

    @Test
    void runsEverySeed() {
        SEEDS.forEach(HostileFilesTest::use);
    }

    /** What the library would panic at, misread, or take memory without end for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"start\": 1, \"stop\": 0 | \"start\": 1, \"stop\": 3 | stop from 0 to 0",
                "\"continuing_subword_prefix\": \"\" | \"continuing_subword_prefix\": \"####\" | merges of two tokens",
                "\"special_tokens\": {\"<s>\": | \"special_tokens\": {\"<t>\": | '<s>' among its special_tokens",
                "{\"id\": \"A\", \"type_id\": 0}}], | {\"id\": \"B\", \"type_id\": 0}}], | id as one of [A]",
                "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true}, | {\"type\": \"BertProcessing\", \"sep\": [\"a\", 1], \"cls\": [\"b\", 2]}, | at most one processor",
                "\"content\": \"b b\" | \"content\": \" b\" | starts with white space and strips",
                "{\"String\": \"q\"} | {\"Regex\": \"(a+)+b\"} | a safe pattern",
                "{\"String\": \"q\"} | {\"String\": \"\"} | 1 to 10000 characters",
                "\"id\": 9 | \"id\": 10 | id 9 for 'b b'",
                "\"a\": 1, | \"a\": 4294967295, | a whole number",
                "\"a\": 1, | \"a\": 2, | ids that differ",
                "\"ids\": [8] | \"ids\": [8, 9] | as many ids as tokens",
                "\"ids\": [8] | \"ids\": [10] | from 0 to 9",
                "\"type\": \"NFC\" | \"type\": \"Compiled\" | type as one of",
                "\"content\": \"y\" | \"content\": \"\\ud800\" | whole characters",
            })
    void refuses(String from, String to, String message) {
        assertThat(BYTES).contains(from);
        assertThatThrownBy(() -> Tokenizer.parse(BYTES.replace(from, to)))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("Received: ");
    }

    @Test
    void refusesAnAddedTokenThatTheNormalizerLeavesNothingOf() {
        String added = PIECES.replace(
                "\"<unk>\", \"special\": true",
                "\"<unk>\"}, {\"id\": 5, \"normalized\": true, \"content\": \"\\u0301\"");
        assertThatThrownBy(() -> Tokenizer.parse(added)).hasMessageContaining("the normalizer leaves something of");
    }

    @Test
    void refusesWhatIsNoTokenizer() {
        for (String json : List.of(
                "",
                "[]",
                "{",
                "{}",
                "null",
                "{\"model\": 1}",
                "{\"model\": {\"vocab\": []}}",
                "{\"a\":1,\"a\":2}",
                "[".repeat(100_000),
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{}}}")) {
            assertThatThrownBy(() -> Tokenizer.parse(json)).isInstanceOf(CorruptFileException.class);
        }
    }

    @Test
    void survivesMutations() {
        RandomGenerator random = Random.of(7).generator();
        int ran = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String seed = SEEDS.get(i % SEEDS.size());
            String mutated = i % 2 == 0 ? mutatedNodes(seed, random) : mutatedCharacters(seed, random);
            try {
                use(mutated);
                ran++;
            } catch (CorruptFileException | IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("Received: ");
            }
        }
        assertThat(ran).isGreaterThan(MUTATIONS / 20);
    }

    private static void use(String json) {
        Tokenizer tokenizer = Tokenizer.parse(json);
        int[] ids = tokenizer.encode(TEXT);
        tokenizer.decode(ids);
        tokenizer.encodeFully(TEXT, "ab");
        tokenizer.decodeText(tokenizer.encodeFully(TEXT).ids());
        tokenizer.encode("");
        StreamDecoder stream = tokenizer.stream();
        for (int id : ids) {
            stream.add(id);
        }
        stream.finish();
    }

    private static String mutatedCharacters(String json, RandomGenerator random) {
        StringBuilder text = new StringBuilder(json);
        for (int i = random.nextInt(3); i >= 0; i--) {
            String pieces = "0123456789\"{}[],:-\\abuAB_ <>e.";
            int at = random.nextInt(text.length());
            char c = pieces.charAt(random.nextInt(pieces.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
            }
        }
        return text.toString();
    }

    /** Puts a value from anywhere in place of another, or takes one out. */
    private static String mutatedNodes(String json, RandomGenerator random) {
        JsonNode root = TokenizerFile.JSON.readTree(json);
        for (int i = random.nextInt(2); i >= 0; i--) {
            JsonNode donor = TokenizerFile.JSON.readTree(SEEDS.get(random.nextInt(SEEDS.size())));
            List<JsonNode> values = donor.findParents("type");
            List<JsonNode> odd = List.of(
                    TokenizerFile.JSON.readTree("-1"),
                    TokenizerFile.JSON.readTree("99999999999"),
                    TokenizerFile.JSON.readTree("1e400"),
                    TokenizerFile.JSON.readTree("\"\""),
                    TokenizerFile.JSON.readTree("\" \""),
                    TokenizerFile.JSON.readTree("\"\\u0301\""),
                    TokenizerFile.JSON.readTree("null"),
                    TokenizerFile.JSON.readTree("true"),
                    TokenizerFile.JSON.readTree("0"),
                    TokenizerFile.JSON.readTree("\"a\""),
                    TokenizerFile.JSON.readTree("[]"),
                    TokenizerFile.JSON.readTree("{}"));
            JsonNode value = random.nextInt(4) == 0
                    ? values.get(random.nextInt(values.size()))
                    : odd.get(random.nextInt(odd.size()));
            change(root, value, random);
        }
        return root.toString();
    }

    private static void change(JsonNode root, JsonNode value, RandomGenerator random) {
        JsonNode at = root;
        while (true) {
            List<String> keys = at.properties().stream().map(Map.Entry::getKey).toList();
            int size = at.size();
            int chosen = random.nextInt(Math.max(1, size));
            JsonNode next = size == 0 ? null : at.isObject() ? at.get(keys.get(chosen)) : at.get(chosen);
            if (next != null && next.isContainer() && next.size() > 0 && random.nextInt(8) != 0) {
                at = next;
            } else if (at instanceof ObjectNode object && size > 0) {
                if (random.nextInt(4) == 0) {
                    object.remove(keys.get(chosen));
                } else {
                    object.set(keys.get(chosen), value);
                }
                return;
            } else {
                if (at instanceof ArrayNode array && size > 0) {
                    array.set(chosen, value);
                }
                return;
            }
        }
    }
}
