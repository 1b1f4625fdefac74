package org.lungo.preprocess.tokenizer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checked step that puts special tokens around texts.
 *
 * @param size the number of ids
 */
record TemplateRules(int size, Part step) {
    private static final Set<String> TYPES =
            Set.of("BertProcessing", "RobertaProcessing", "TemplateProcessing", "ByteLevel");
    private static final int MAX_PIECES = 100;

    ObjectNode checked() {
        return switch (step.oneOf("type", TYPES)) {
            case "ByteLevel" -> ComponentRules.byteLevel(step);
            case "BertProcessing" -> ends();
            case "RobertaProcessing" ->
                ends().put("trim_offsets", step.flag("trim_offsets"))
                        .put("add_prefix_space", step.flag("add_prefix_space"));
            default -> template();
        };
    }

    private ObjectNode ends() {
        ObjectNode checked = TokenizerFile.JSON.createObjectNode();
        checked.put("type", step.text("type"));
        for (String key : List.of("sep", "cls")) {
            List<JsonNode> pair = step.list(key);
            step.require(pair.size() == 2 && pair.get(0).isString(), key + " as a token and its id", pair);
            checked.putArray(key).add(pair.get(0).asString()).add(id(step, pair.get(1)));
        }
        return checked;
    }

    private ObjectNode template() {
        ObjectNode checked = TokenizerFile.JSON.createObjectNode();
        checked.put("type", "TemplateProcessing");
        Set<String> used = new HashSet<>();
        pieces("single", Set.of("A"), checked.putArray("single"), used);
        pieces("pair", Set.of("A", "B"), checked.putArray("pair"), used);
        ObjectNode special = checked.putObject("special_tokens");
        Part own = step.child("special_tokens");
        for (String name : used) {
            Part token = own == null ? null : own.child(name);
            step.require(token != null, "'" + name + "' among its special_tokens", own == null ? null : own.node());
            if (token != null) {
                special(special.putObject(name).put("id", name), token);
            }
        }
        return checked;
    }

    private void pieces(String key, Set<String> sequences, ArrayNode checked, Set<String> used) {
        List<Part> pieces = step.children(key);
        step.require(pieces.size() <= MAX_PIECES, key + " of at most " + MAX_PIECES + " parts", pieces.size());
        Set<String> seen = new HashSet<>();
        for (Part piece : pieces) {
            piece.require(piece.node().size() == 1, "either Sequence or SpecialToken", piece.node());
            boolean isText = piece.node().has("Sequence");
            Part body = piece.child(isText ? "Sequence" : "SpecialToken");
            piece.require(body != null, "either Sequence or SpecialToken", piece.node());
            if (body == null) {
                continue;
            }
            String id = isText ? body.oneOf("id", sequences) : body.text("id");
            piece.require(!isText || seen.add(id), "each text once", id + " twice");
            if (!isText) {
                used.add(id);
            }
            checked.addObject()
                    .putObject(isText ? "Sequence" : "SpecialToken")
                    .put("id", id)
                    .put("type_id", body.count("type_id", 0, 1000));
        }
        step.require(seen.equals(sequences), key + " with each of the texts " + sequences, seen);
    }

    private void special(ObjectNode checked, Part token) {
        List<JsonNode> ids = token.list("ids");
        List<JsonNode> tokens = token.list("tokens");
        token.require(ids.size() == tokens.size() && ids.size() <= MAX_PIECES, "as many ids as tokens", ids.size());
        ArrayNode written = checked.putArray("ids");
        ids.forEach(id -> written.add(id(token, id)));
        ArrayNode names = checked.putArray("tokens");
        for (JsonNode name : tokens) {
            token.require(name.isString(), "texts as tokens", name);
            names.add(name.asString());
        }
    }

    private int id(Part where, JsonNode value) {
        return where.count("the id of a special token", value, 0, size - 1);
    }
}
