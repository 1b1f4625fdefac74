package org.lungo.model.huggingface;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lungo.model.Bert;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * BERT without a head. Names and defaults: transformers, models/bert/configuration_bert.py and modeling_bert.py.
 *
 * @param ours what stands before the names of our parameters
 */
record BertLayout(String ours) implements Layout<Bert> {
    /** What stands before the names of the heads that BERT is pre-trained with. */
    static final String HEADS = "cls.";

    static final String TABLE = "bert.embeddings.word_embeddings.weight";
    private static final String PREFIX = "bert.";
    private static final String POOLER = PREFIX + "pooler.dense";

    /** What the published models of 2018 were made with. */
    private static final List<String> IGNORED = List.of(
            "directionality",
            "pooler_fc_size",
            "pooler_num_attention_heads",
            "pooler_num_fc_layers",
            "pooler_size_per_head",
            "pooler_type");

    @Override
    public Bert blank(ConfigKeys keys, Path file, DType dtype, Set<String> names) {
        return config(keys, file, names).blank(dtype);
    }

    static Bert.Config config(ConfigKeys keys, Path file, Set<String> names) {
        int hidden = keys.count("hidden_size");
        double dropout = keys.number("hidden_dropout_prob", 0.1);
        keys.supports("attention_probs_dropout_prob", dropout);
        keys.supports("hidden_act", "gelu");
        keys.supports("position_embedding_type", "absolute");
        keys.supports("tie_word_embeddings", true);
        keys.supports("is_decoder", false);
        keys.supports("add_cross_attention", false);
        Bert.Details details = new Bert.Details(
                keys.count("intermediate_size"),
                keys.count("type_vocab_size", 2),
                keys.number("layer_norm_eps", 1e-12),
                names.contains(POOLER + ".weight"));
        int vocabulary = keys.count("vocab_size");
        int context = keys.count("max_position_embeddings");
        int layers = keys.count("num_hidden_layers");
        int heads = keys.count("num_attention_heads");
        NeutralKeys.accept(keys.ignoring(IGNORED));
        keys.finish(file);
        return new Bert.Config(vocabulary, context, layers, heads, hidden, dropout, details);
    }

    @Override
    public Map<String, Object> config(Bert model) {
        Bert.Config config = model.config();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("architectures", List.of("BertModel"));
        keys.put("model_type", "bert");
        keys.put("vocab_size", config.vocabulary());
        keys.put("max_position_embeddings", config.context());
        keys.put("hidden_size", config.hidden());
        keys.put("num_hidden_layers", config.layers());
        keys.put("num_attention_heads", config.heads());
        keys.put("intermediate_size", config.details().inner());
        keys.put("type_vocab_size", config.details().types());
        keys.put("hidden_act", "gelu");
        keys.put("layer_norm_eps", config.details().epsilon());
        keys.put("hidden_dropout_prob", config.dropout());
        keys.put("attention_probs_dropout_prob", config.dropout());
        keys.put("position_embedding_type", "absolute");
        keys.put("tie_word_embeddings", true);
        return keys;
    }

    @Override
    public List<Weight> weights(Bert model) {
        List<Weight> weights = new ArrayList<>();
        String embeddings = PREFIX + "embeddings.";
        weights.add(Weight.of(TABLE, ours + "embeddings.words.table"));
        weights.add(Weight.of(embeddings + "position_embeddings.weight", ours + "embeddings.positions.table"));
        weights.add(Weight.of(embeddings + "token_type_embeddings.weight", ours + "embeddings.types.table"));
        dense(weights, embeddings + "LayerNorm", ours + "embeddings.norm");
        for (int i = 0; i < model.config().layers(); i++) {
            String theirs = PREFIX + "encoder.layer." + i + ".";
            String block = ours + "blocks." + i + ".";
            for (String name : List.of("query", "key", "value")) {
                dense(weights, theirs + "attention.self." + name, block + "attention." + name);
            }
            dense(weights, theirs + "attention.output.dense", block + "attention.output");
            dense(weights, theirs + "attention.output.LayerNorm", block + "attentionNorm");
            dense(weights, theirs + "intermediate.dense", block + "feedForward.up");
            dense(weights, theirs + "output.dense", block + "feedForward.down");
            dense(weights, theirs + "output.LayerNorm", block + "feedForwardNorm");
        }
        if (model.pooler() != null) {
            dense(weights, POOLER, ours + "pooler");
        }
        return weights;
    }

    /** The weight and the bias of a layer. */
    static void dense(List<Weight> weights, String theirs, String ours) {
        weights.add(Weight.of(theirs + ".weight", ours + ".weight"));
        weights.add(Weight.of(theirs + ".bias", ours + ".bias"));
    }

    /** Files made from the first, in TensorFlow, have TensorFlow's names of what normalises. */
    @Override
    public Map<String, Tensor> named(Map<String, Tensor> stored) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        Layout.prefixed(stored, PREFIX, HEADS)
                .forEach((name, tensor) -> named.put(
                        name.replaceAll("LayerNorm\\.gamma$", "LayerNorm.weight")
                                .replaceAll("LayerNorm\\.beta$", "LayerNorm.bias"),
                        tensor));
        return named;
    }

    @Override
    public Map<String, String> copies() {
        return Map.of();
    }

    /** The heads of the pre-training are no part of this model. */
    @Override
    public Pattern noWeights() {
        return Pattern.compile("bert\\.embeddings\\.position_ids|cls\\.(predictions|seq_relationship)\\..*");
    }
}
