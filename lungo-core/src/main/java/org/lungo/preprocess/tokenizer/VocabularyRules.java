package org.lungo.preprocess.tokenizer;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checked model of a tokenizer: its vocabulary and how words are cut.
 *
 * @param ids the tokens' ids; tokens that are added come in later
 * @param checked the model with what was understood and nothing else
 */
record VocabularyRules(Map<String, Integer> ids, ObjectNode checked) {
    /** The maximum number of tokens; the largest published vocabularies have 300 thousand. */
    private static final int MAX_TOKENS = 2_000_000;

    private static final Set<String> TYPES = Set.of("BPE", "WordPiece", "WordLevel", "Unigram");
    private static final double MAX_SCORE = 1e6;

    static VocabularyRules read(Part model) {
        String type = model.textOrNull("type");
        if (type == null) {
            // Files before version 0.11 of the library have no type; only WordPiece and BPE were written then.
            type = model.node().has("merges") ? "BPE" : "WordPiece";
        }
        model.require(
                TYPES.contains(type),
                "type as one of " + TYPES.stream().sorted().toList(),
                type);
        ObjectNode checked = TokenizerFile.JSON.createObjectNode();
        checked.put("type", type);
        Map<String, Integer> ids = type.equals("Unigram") ? scored(model, checked) : numbered(model, checked);
        switch (type) {
            case "BPE" -> bpe(model, ids, checked);
            case "Unigram" -> unigram(model, checked);
            default -> words(model, ids, checked, type.equals("WordPiece"));
        }
        return new VocabularyRules(ids, checked);
    }

    private static Map<String, Integer> numbered(Part model, ObjectNode checked) {
        Part vocabulary = model.child("vocab");
        model.require(vocabulary != null, "a vocab", null);
        Map<String, Integer> ids = new LinkedHashMap<>();
        BitSet used = new BitSet();
        ObjectNode written = checked.putObject("vocab");
        if (vocabulary != null) {
            int size = vocabulary.node().size();
            model.require(size > 0 && size <= MAX_TOKENS, "1 to " + MAX_TOKENS + " tokens in vocab", size);
            for (Map.Entry<String, JsonNode> entry : vocabulary.node().properties()) {
                int id = vocabulary.count("the id of '" + entry.getKey() + "'", entry.getValue(), 0, MAX_TOKENS);
                vocabulary.require(!used.get(id), "ids that differ", id + " twice");
                used.set(id);
                ids.put(entry.getKey(), id);
                written.put(entry.getKey(), id);
            }
        }
        return ids;
    }

    private static Map<String, Integer> scored(Part model, ObjectNode checked) {
        List<JsonNode> vocabulary = model.list("vocab");
        int size = vocabulary.size();
        model.require(size > 0 && size <= MAX_TOKENS, "1 to " + MAX_TOKENS + " tokens in vocab", size);
        Map<String, Integer> ids = new LinkedHashMap<>();
        ArrayNode written = checked.putArray("vocab");
        for (JsonNode pair : vocabulary) {
            boolean right = pair.isArray()
                    && pair.size() == 2
                    && pair.get(0).isString()
                    && pair.get(1).isNumber()
                    && Math.abs(pair.get(1).asDouble()) <= MAX_SCORE;
            model.require(right, "tokens and their scores in vocab", pair);
            String token = pair.get(0).asString();
            model.require(ids.put(token, ids.size()) == null, "tokens that differ in vocab", "'" + token + "' twice");
            written.addArray().add(token).add(pair.get(1).asDouble());
        }
        return ids;
    }

    private static void bpe(Part model, Map<String, Integer> ids, ObjectNode checked) {
        String prefix = copy(model, "continuing_subword_prefix", checked);
        copy(model, "end_of_word_suffix", checked);
        copy(model, "unk_token", checked);
        for (String key : List.of("fuse_unk", "byte_fallback", "ignore_merges")) {
            checked.put(key, model.flag(key));
        }
        ArrayNode merges = checked.putArray("merges");
        for (JsonNode merge : model.list("merges")) {
            String[] pair = pair(merge);
            boolean known = pair.length == 2
                    && ids.containsKey(pair[0])
                    && ids.containsKey(pair[1])
                    && !pair[0].isEmpty()
                    && !pair[1].isEmpty()
                    && (prefix == null || pair[1].startsWith(prefix))
                    && ids.containsKey(pair[0] + pair[1].substring(prefix == null ? 0 : prefix.length()));
            model.require(known, "merges of two tokens into a third, all in vocab", merge);
            merges.addArray().add(pair[0]).add(pair[1]);
        }
    }

    /** Files before version 0.20 of the library have both tokens in one text, so that none could hold a space. */
    private static String[] pair(JsonNode merge) {
        if (merge.isString()) {
            return merge.asString().split(" ", -1);
        }
        boolean right = merge.isArray()
                && merge.size() == 2
                && merge.get(0).isString()
                && merge.get(1).isString();
        return right ? new String[] {merge.get(0).asString(), merge.get(1).asString()} : new String[0];
    }

    private static void unigram(Part model, ObjectNode checked) {
        JsonNode unknown = model.node().get("unk_id");
        if (unknown != null && !unknown.isNull()) {
            checked.put("unk_id", model.count("unk_id", 0, checked.get("vocab").size() - 1));
        }
        checked.put("byte_fallback", model.flag("byte_fallback"));
    }

    private static void words(Part model, Map<String, Integer> ids, ObjectNode checked, boolean pieces) {
        String unknown = model.text("unk_token");
        model.require(ids.containsKey(unknown), "an unk_token that is in vocab", unknown);
        checked.put("unk_token", unknown);
        if (pieces) {
            String prefix = model.textOrNull("continuing_subword_prefix");
            checked.put("continuing_subword_prefix", prefix == null ? "##" : prefix);
            boolean limited = model.node().has("max_input_chars_per_word");
            checked.put(
                    "max_input_chars_per_word",
                    limited ? model.count("max_input_chars_per_word", 1, Integer.MAX_VALUE) : 100);
        }
    }

    private static @Nullable String copy(Part model, String key, ObjectNode checked) {
        String value = model.textOrNull(key);
        checked.put(key, value);
        return value;
    }
}
