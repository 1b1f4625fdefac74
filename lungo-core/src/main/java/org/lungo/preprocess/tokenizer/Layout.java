package org.lungo.preprocess.tokenizer;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a {@code tokenizer.json} that we write. */
final class Layout {
    private final ObjectNode root = TokenizerFile.JSON.createObjectNode();

    private Layout(List<String> special, Map<String, Integer> ids) {
        root.put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (String token : special) {
            added.addObject()
                    .put("id", ids.get(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer")
                .putNull("pre_tokenizer")
                .putNull("post_processor")
                .putNull("decoder");
    }

    /** Bytes as GPT-2 writes them, in words as it cuts them: every text comes back as it was. */
    static Layout bytes(List<String> special, Map<String, Integer> ids) {
        Layout layout = new Layout(special, ids);
        for (String step : List.of("pre_tokenizer", "post_processor", "decoder")) {
            layout.root
                    .putObject(step)
                    .put("type", "ByteLevel")
                    .put("add_prefix_space", false)
                    .put("trim_offsets", false)
                    .put("use_regex", true);
        }
        return layout;
    }

    /** Words as BERT cuts them, with {@code [CLS]} and {@code [SEP]} around when both are special. */
    static Layout bert(List<String> special, Map<String, Integer> ids, boolean lowercase) {
        Layout layout = new Layout(special, ids);
        layout.root
                .putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", lowercase);
        layout.root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        if (special.contains("[CLS]") && special.contains("[SEP]")) {
            ObjectNode step = layout.root.putObject("post_processor").put("type", "BertProcessing");
            step.putArray("sep").add("[SEP]").add(ids.get("[SEP]"));
            step.putArray("cls").add("[CLS]").add(ids.get("[CLS]"));
        }
        return layout;
    }

    /** Pieces in the way of SentencePiece: a space is a character of the word it precedes, lines stay apart. */
    static Layout pieces(List<String> special, Map<String, Integer> ids) {
        Layout layout = new Layout(special, ids);
        ObjectNode cut = layout.root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = cut.putArray("pretokenizers");
        ObjectNode lines = steps.addObject().put("type", "Split");
        lines.putObject("pattern").put("Regex", "[\\r\\n\\t]");
        lines.put("behavior", "Isolated").put("invert", false);
        metaspace(steps.addObject());
        ArrayNode decoders =
                layout.root.putObject("decoder").put("type", "Sequence").putArray("decoders");
        decoders.addObject().put("type", "ByteFallback");
        metaspace(decoders.addObject());
        decoders.addObject().put("type", "Fuse");
        return layout;
    }

    /** The text as it stands, character by character. */
    static Layout plain(List<String> special, Map<String, Integer> ids) {
        Layout layout = new Layout(special, ids);
        layout.root.putObject("decoder").put("type", "Fuse");
        return layout;
    }

    private static void metaspace(ObjectNode step) {
        step.put("type", "Metaspace")
                .put("replacement", "\u2581")
                .put("prepend_scheme", "never")
                .put("split", true);
    }

    Layout wordPieceDecoder() {
        root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        return this;
    }

    Tokenizer wordPiece(Map<String, Integer> ids) {
        ObjectNode model = model("WordPiece", ids).put("unk_token", "[UNK]");
        model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
        return wordPieceDecoder().tokenizer();
    }

    Tokenizer wordLevel(Map<String, Integer> ids) {
        model("WordLevel", ids).put("unk_token", "[UNK]");
        return tokenizer();
    }

    Tokenizer bpe(Map<String, Integer> ids, List<String[]> merges, String unknown) {
        ObjectNode model = model("BPE", ids).put("unk_token", unknown.isEmpty() ? null : unknown);
        model.putNull("dropout").putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ArrayNode list = model.putArray("merges");
        merges.forEach(merge -> list.addArray().add(merge[0]).add(merge[1]));
        return tokenizer();
    }

    Tokenizer unigram(Map<String, Double> scores, int unknown) {
        ObjectNode model = root.putObject("model").put("type", "Unigram").put("unk_id", unknown);
        model.put("byte_fallback", true);
        ArrayNode list = model.putArray("vocab");
        scores.forEach((token, score) -> list.addArray().add(token).add(score));
        return tokenizer();
    }

    private ObjectNode model(String type, Map<String, Integer> ids) {
        ObjectNode model = root.putObject("model").put("type", type);
        ObjectNode vocabulary = model.putObject("vocab");
        ids.forEach(vocabulary::put);
        return model;
    }

    private Tokenizer tokenizer() {
        return Tokenizer.parse(TokenizerFile.JSON.writeValueAsString(root));
    }
}
