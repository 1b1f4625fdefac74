package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token that is found in the text before anything else looks at it.
 *
 * @param singleWord only where it is a word of its own
 * @param stripsLeft takes the white space before it along
 * @param stripsRight takes the white space after it along
 * @param normalized is looked for in the normalised text
 * @param special stands for no text
 */
record AddedToken(
        String content,
        int id,
        boolean singleWord,
        boolean stripsLeft,
        boolean stripsRight,
        boolean normalized,
        boolean special) {
    /** The library compares each with each. */
    private static final int MAX = 20_000;

    /** The added tokens of {@code root}; those that {@code ids} does not have yet are put there. */
    static List<AddedToken> read(Part root, Map<String, Integer> ids) {
        List<Part> parts = root.children("added_tokens");
        root.require(parts.size() <= MAX, "at most " + MAX + " added_tokens", parts.size());
        List<AddedToken> tokens = new ArrayList<>();
        int size = ids.size();
        int largest = -1;
        for (Part part : parts) {
            AddedToken token = of(part);
            part.require(!token.content.isEmpty(), "a content", "''");
            // The library numbers by this rule, whatever the file says.
            Integer known = ids.get(token.content);
            int given = known != null ? known : largest >= size ? largest + 1 : size;
            part.require(token.id == given, "id " + given + " for '" + token.content + "'", token.id);
            ids.put(token.content, given);
            largest = Math.max(largest, given);
            tokens.add(token);
        }
        boolean swallows = tokens.stream().anyMatch(AddedToken::stripsRight);
        for (AddedToken token : tokens) {
            boolean blank = Character.isWhitespace(token.content.codePointAt(0));
            root.require(
                    !(swallows && token.stripsLeft && blank),
                    "no added token that starts with white space and strips before it, while others strip after them",
                    "'" + token.content + "'");
        }
        return tokens;
    }

    private static AddedToken of(Part part) {
        return new AddedToken(
                part.text("content"),
                part.count("id", 0, Integer.MAX_VALUE - 1),
                part.flag("single_word"),
                part.flag("lstrip"),
                part.flag("rstrip"),
                part.flag("normalized"),
                part.flag("special"));
    }

    /**
     * Refuses tokens that the normaliser leaves nothing of: the library would find them between the bytes of a character,
     * and panic. Its own normaliser tells, in a tokenizer with one word and no pre-tokenizer.
     */
    static void rejectEmptyOnes(Part root, List<AddedToken> tokens, JsonNode normalizer) {
        List<AddedToken> changed = normalizer.isNull()
                ? Collections.emptyList()
                : tokens.stream().filter(AddedToken::normalized).toList();
        if (changed.isEmpty()) {
            return;
        }
        ObjectNode probe = TokenizerFile.JSON.createObjectNode();
        probe.put("version", "1.0").putArray("added_tokens");
        probe.set("normalizer", normalizer);
        ObjectNode model = probe.putObject("model");
        model.put("type", "WordLevel").put("unk_token", "?").putObject("vocab").put("?", 0);
        NativeTokenizer words;
        try {
            words = new NativeTokenizer(TokenizerFile.JSON.writeValueAsString(probe));
        } catch (IllegalArgumentException e) {
            throw TokenizerFile.corrupt(root.source(), "a normalizer that the Rust library takes", e.getMessage());
        }
        for (AddedToken token : changed) {
            root.require(
                    words.ids(token.content).length > 0,
                    "added tokens that the normalizer leaves something of",
                    "'" + token.content + "'");
        }
    }

    static ArrayNode write(List<AddedToken> tokens) {
        ArrayNode list = TokenizerFile.JSON.createArrayNode();
        for (AddedToken token : tokens) {
            list.addObject()
                    .put("id", token.id)
                    .put("content", token.content)
                    .put("single_word", token.singleWord)
                    .put("lstrip", token.stripsLeft)
                    .put("rstrip", token.stripsRight)
                    .put("normalized", token.normalized)
                    .put("special", token.special);
        }
        return list;
    }
}
