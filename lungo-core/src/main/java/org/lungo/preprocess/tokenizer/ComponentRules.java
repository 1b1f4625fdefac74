package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checked steps around a tokenizer's model. Each kind of step has its list of fields; what a field may hold is what
 * the Rust library can run without a panic.
 *
 * @param size the number of ids
 */
record ComponentRules(int size) {
    private static final int MAX_STEPS = 32;
    private static final int MAX_TEXT = 10_000;
    private static final Set<String> BEHAVIOURS =
            Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");

    /** Copies the field of a step to the checked step when it is right. */
    private interface Field {
        void copy(Part step, String key, ObjectNode checked);
    }

    private static final Field FLAG = (step, key, checked) -> checked.put(key, step.flag(key));
    /** A flag that older files do not have; the library then takes its default. */
    private static final Field MAYBE_FLAG = (step, key, checked) -> {
        JsonNode value = step.node().get(key);
        if (value != null && !value.isNull()) {
            checked.put(key, step.flag(key));
        }
    };

    private static final Field TEXT = (step, key, checked) -> {
        String value = step.text(key);
        step.require(value.length() <= MAX_TEXT, key + " of at most " + MAX_TEXT + " characters", value.length());
        checked.put(key, value);
    };
    private static final Field CHARACTER = (step, key, checked) -> {
        String value = step.text(key);
        step.require(value.codePointCount(0, value.length()) == 1, key + " of one character", value);
        checked.put(key, value);
    };
    private static final Field BEHAVIOUR = (step, key, checked) -> checked.put(key, step.oneOf(key, BEHAVIOURS));
    private static final Field SCHEME = (step, key, checked) -> {
        if (step.textOrNull(key) != null) {
            checked.put(key, step.oneOf(key, Set.of("first", "never", "always")));
        }
    };
    private static final Field CHARACTERS = (step, key, checked) -> {
        String value = step.text(key);
        step.require(CharacterMap.isSafe(value), key + " as a complete map of SentencePiece", value);
        checked.put(key, value);
    };
    private static final Field PATTERN = (step, key, checked) -> {
        Part pattern = step.child(key);
        step.require(pattern != null && pattern.node().size() == 1, key + " with String or Regex", step.node());
        if (pattern != null) {
            String kind = pattern.node().has("Regex") ? "Regex" : "String";
            String value = pattern.text(kind);
            pattern.require(!value.isEmpty() && value.length() <= MAX_TEXT, "1 to " + MAX_TEXT + " characters", value);
            if (kind.equals("Regex")) {
                SafePattern.check(pattern, value);
            }
            checked.putObject(key).put(kind, value);
        }
    };

    private static final Map<String, Field> BYTE_LEVEL =
            Map.of("add_prefix_space", FLAG, "trim_offsets", FLAG, "use_regex", MAYBE_FLAG);
    private static final Map<String, Field> METASPACE = Map.of(
            "replacement", CHARACTER, "add_prefix_space", MAYBE_FLAG, "prepend_scheme", SCHEME, "split", MAYBE_FLAG);
    private static final Map<String, Field> REPLACE = Map.of("pattern", PATTERN, "content", TEXT);

    private static final Map<String, Map<String, Field>> NORMALIZERS = new LinkedHashMap<>(Map.of(
            "BertNormalizer",
            Map.of("clean_text", FLAG, "handle_chinese_chars", FLAG, "strip_accents", MAYBE_FLAG, "lowercase", FLAG),
            "Strip",
            Map.of("strip_left", FLAG, "strip_right", FLAG),
            "StripAccents",
            Map.of(),
            "NFC",
            Map.of(),
            "NFD",
            Map.of(),
            "NFKC",
            Map.of(),
            "NFKD",
            Map.of(),
            "Lowercase",
            Map.of(),
            "Replace",
            REPLACE,
            "Prepend",
            Map.of("prepend", TEXT)));

    static {
        NORMALIZERS.put("Precompiled", Map.of("precompiled_charsmap", CHARACTERS));
    }

    private static final Map<String, Map<String, Field>> PRE_TOKENIZERS = Map.of(
            "BertPreTokenizer",
            Map.of(),
            "ByteLevel",
            BYTE_LEVEL,
            "CharDelimiterSplit",
            Map.of("delimiter", CHARACTER),
            "Metaspace",
            METASPACE,
            "Whitespace",
            Map.of(),
            "WhitespaceSplit",
            Map.of(),
            "Split",
            Map.of("pattern", PATTERN, "behavior", BEHAVIOUR, "invert", FLAG),
            "Punctuation",
            Map.of("behavior", BEHAVIOUR),
            "Digits",
            Map.of("individual_digits", FLAG),
            "UnicodeScripts",
            Map.of());

    private static final Map<String, Map<String, Field>> DECODERS = Map.of(
            "ByteLevel",
            BYTE_LEVEL,
            "WordPiece",
            Map.of("prefix", TEXT, "cleanup", FLAG),
            "Metaspace",
            METASPACE,
            "BPEDecoder",
            Map.of("suffix", TEXT),
            "CTC",
            Map.of("pad_token", TEXT, "word_delimiter_token", TEXT, "cleanup", FLAG),
            "Replace",
            REPLACE,
            "Fuse",
            Map.of(),
            "ByteFallback",
            Map.of(),
            "Strip",
            Map.of(
                    "content",
                    CHARACTER,
                    "start",
                    (step, key, checked) -> checked.put(key, step.count(key, 0, 100)),
                    // The library reads before the start of a token that is shorter than this.
                    "stop",
                    (step, key, checked) -> checked.put(key, step.count(key, 0, 0))));

    JsonNode normalizer(@Nullable Part step) {
        return steps(step, "normalizers", one -> typed(one, NORMALIZERS));
    }

    JsonNode preTokenizer(@Nullable Part step) {
        return steps(step, "pretokenizers", one -> typed(one, PRE_TOKENIZERS));
    }

    JsonNode decoder(@Nullable Part step) {
        return steps(step, "decoders", one -> typed(one, DECODERS));
    }

    JsonNode postProcessor(@Nullable Part step) {
        JsonNode checked = steps(step, "processors", one -> new TemplateRules(size, one).checked());
        long templates = checked.findValuesAsString("type").stream()
                .filter(type -> !type.equals("ByteLevel") && !type.equals("Sequence"))
                .count();
        if (step != null) {
            step.require(templates <= 1, "at most one processor that adds special tokens", templates);
        }
        return checked;
    }

    static ObjectNode byteLevel(Part step) {
        return typed(step, Map.of("ByteLevel", BYTE_LEVEL));
    }

    /** One step, or the steps of a {@code Sequence} in one list, however they were nested. */
    private static JsonNode steps(@Nullable Part step, String key, Function<Part, ObjectNode> check) {
        if (step == null) {
            return NullNode.getInstance();
        }
        if (!step.text("type").equals("Sequence")) {
            return check.apply(step);
        }
        List<Part> flat = new ArrayList<>();
        flatten(step, key, flat);
        ObjectNode checked = TokenizerFile.JSON.createObjectNode();
        ArrayNode list = checked.put("type", "Sequence").putArray(key);
        flat.forEach(one -> list.add(check.apply(one)));
        return checked;
    }

    private static void flatten(Part step, String key, List<Part> flat) {
        for (Part part : step.children(key)) {
            if (part.text("type").equals("Sequence")) {
                flatten(part, key, flat);
            } else {
                flat.add(part);
            }
            step.require(flat.size() <= MAX_STEPS, "at most " + MAX_STEPS + " steps", flat.size());
        }
    }

    private static ObjectNode typed(Part step, Map<String, Map<String, Field>> kinds) {
        String type = step.oneOf("type", kinds.keySet());
        ObjectNode checked = TokenizerFile.JSON.createObjectNode();
        checked.put("type", type);
        kinds.getOrDefault(type, Map.of()).forEach((key, field) -> field.copy(step, key, checked));
        return checked;
    }
}
