package org.lungo.preprocess.tokenizer;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checked {@code tokenizer.json}. The Rust library answers many wrong files with a panic, which ends the JVM; so it gets
 * a file written anew from the parts that were understood and found safe, never the one that was read.
 */
final class TokenizerFile {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> PADDING = List.of("[PAD]", "<pad>", "<|pad|>", "<PAD>", "<|padding|>");

    private final Map<String, Integer> ids;
    private final @Nullable String[] tokens;
    private final BitSet special = new BitSet();
    private final int padding;
    private final int unknown;
    private final String checked;

    private TokenizerFile(Part root) {
        ObjectNode safe = JSON.createObjectNode();
        safe.put("version", "1.0");
        Part model = root.child("model");
        root.require(model != null, "a model", null);
        VocabularyRules vocabulary = VocabularyRules.read(model == null ? root : model);
        List<AddedToken> added = AddedToken.read(root, vocabulary.ids());
        ids = vocabulary.ids();
        tokens = new String[ids.values().stream().mapToInt(id -> id + 1).max().orElse(0)];
        ids.forEach((token, id) -> tokens[id] = token);
        added.stream().filter(AddedToken::special).forEach(token -> special.set(token.id()));
        ComponentRules rules = new ComponentRules(tokens.length);
        safe.set("normalizer", rules.normalizer(root.child("normalizer")));
        AddedToken.rejectEmptyOnes(root, added, safe.get("normalizer"));
        safe.set("added_tokens", AddedToken.write(added));
        safe.set("pre_tokenizer", rules.preTokenizer(root.child("pre_tokenizer")));
        safe.set("post_processor", rules.postProcessor(root.child("post_processor")));
        safe.set("decoder", rules.decoder(root.child("decoder")));
        safe.set("model", vocabulary.checked());
        checked = JSON.writeValueAsString(safe);
        root.require(isWellFormed(checked), "whole characters", "half a surrogate pair");
        padding = padding(root);
        unknown = unknown(vocabulary.checked());
    }

    /** @param source what messages call it: the file's name */
    static TokenizerFile read(String json, String source) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root == null || !root.isObject()) {
                throw corrupt(source, "a JSON object", "another value");
            }
            return new TokenizerFile(new Part(source, "tokenizer", root));
        } catch (JacksonException e) {
            throw corrupt(source, "JSON", e.getOriginalMessage());
        }
    }

    static CorruptFileException corrupt(String source, String expected, @Nullable String received) {
        return new CorruptFileException(source + " is damaged or not a tokenizer that can be run: expected " + expected
                + ". Received: " + received + "; restore the file, or use the tokenizer.json that was published with"
                + " the model");
    }

    /** What the Rust library may read. */
    String checked() {
        return checked;
    }

    int size() {
        return tokens.length;
    }

    @Nullable
    Integer id(String token) {
        return ids.get(token);
    }

    @Nullable
    String token(int id) {
        return id >= 0 && id < tokens.length ? tokens[id] : null;
    }

    boolean isSpecial(int id) {
        return id >= 0 && special.get(id);
    }

    int padding() {
        return padding;
    }

    /** The id of what the vocabulary cannot write; -1 when there is none. */
    int unknown() {
        return unknown;
    }

    private int unknown(JsonNode model) {
        return model.path("unk_id").isInt()
                ? model.path("unk_id").asInt()
                : ids.getOrDefault(model.path("unk_token").asString(""), -1);
    }

    private int padding(Part root) {
        Part own = root.child("padding");
        if (own != null && tokens.length > 0) {
            return own.count("pad_id", 0, tokens.length - 1);
        }
        return PADDING.stream()
                .filter(ids::containsKey)
                .map(ids::get)
                .findFirst()
                .orElse(0);
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
