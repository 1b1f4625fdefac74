package org.lungo.model.huggingface;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.nn.Rotary;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * Llama and Qwen2. Names and defaults: transformers, configuration and modeling files of models/llama and models/qwen2.
 *
 * @param qwen whether it is Qwen2, whose queries, keys and values have a bias
 */
record LlamaLayout(boolean qwen) implements Layout<LanguageModel> {
    private static final String PREFIX = "model.";
    private static final String TABLE = PREFIX + "embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";
    private static final String THETA = "rope_theta";

    @Override
    public LanguageModel blank(ConfigKeys keys, Path file, DType dtype, Set<String> names) {
        int hidden = keys.count("hidden_size");
        int queries = keys.count("num_attention_heads");
        int width = keys.count("head_dim", Math.max(2, hidden / queries));
        int shared = keys.count("num_key_value_heads", queries);
        int vocabulary = keys.count("vocab_size");
        int context = keys.count("max_position_embeddings");
        int layers = keys.count("num_hidden_layers");
        int inner = keys.count("intermediate_size");
        Llama.Details details = new Llama.Details(
                keys.number("rms_norm_eps", 1e-6),
                base(keys),
                scaling(keys),
                keys.flag("tie_word_embeddings", false),
                qwen);
        supports(keys);
        NeutralKeys.accept(keys.ignoring(List.of("is_decoder")));
        keys.finish(file);
        Llama.Heads heads = new Llama.Heads(queries, shared, width);
        return new Llama.Config(vocabulary, context, layers, hidden, inner, heads, details).blank(dtype);
    }

    private void supports(ConfigKeys keys) {
        keys.supports("hidden_act", "silu");
        keys.supports("attention_dropout", 0.0);
        if (qwen) {
            keys.supports("use_sliding_window", false);
            keys.ignoring(List.of("sliding_window", "max_window_layers"));
        } else {
            keys.supports("attention_bias", false);
            keys.supports("mlp_bias", false);
        }
    }

    /** New files keep the base with the scaling. */
    private static double base(ConfigKeys keys) {
        double base = keys.number(THETA, 10_000);
        return keys.has("rope_parameters") ? keys.object("rope_parameters").number(THETA, base) : base;
    }

    private static Rotary.@Nullable Scaling scaling(ConfigKeys keys) {
        keys.ignoring(List.of("rope_scaling", "rope_parameters"));
        String key = keys.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
        if (!keys.has(key)) {
            return null;
        }
        ConfigKeys rope = keys.object(key).ignoring(List.of(THETA));
        String type = rope.text("rope_type", rope.text("type", "default"));
        rope.ignoring(List.of("type"));
        if (type.equals("linear") && rope.number("factor", Double.NaN) == 1) { // stretches nothing
            return null;
        }
        rope.supports("rope_type", "default", "llama3");
        rope.supports("type", "default", "llama3");
        if (type.equals("default")) {
            rope.supports("factor", 1.0);
            rope.closed();
        }
        return type.equals("llama3") ? llama3(rope) : null; // of another kind, the kind is what is wrong
    }

    private static Rotary.Scaling llama3(ConfigKeys rope) {
        double factor = rope.number("factor", Double.NaN);
        double low = rope.number("low_freq_factor", Double.NaN);
        double high = rope.number("high_freq_factor", Double.NaN);
        int trained = rope.count("original_max_position_embeddings");
        rope.closed();
        return new Rotary.Scaling(factor, low, high, trained);
    }

    @Override
    public Map<String, Object> config(LanguageModel model) {
        Llama.Config config = ((Llama) model).config();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("architectures", List.of(qwen ? "Qwen2ForCausalLM" : "LlamaForCausalLM"));
        keys.put("model_type", qwen ? "qwen2" : "llama");
        keys.put("vocab_size", config.vocabulary());
        keys.put("max_position_embeddings", config.context());
        keys.put("hidden_size", config.hidden());
        keys.put("intermediate_size", config.inner());
        keys.put("num_hidden_layers", config.layers());
        keys.put("num_attention_heads", config.heads().queries());
        keys.put("num_key_value_heads", config.heads().keys());
        keys.put("head_dim", config.heads().width());
        keys.put("hidden_act", "silu");
        keys.put("rms_norm_eps", config.details().epsilon());
        keys.put(THETA, config.details().base());
        Rotary.Scaling scaling = config.details().scaling();
        if (scaling != null) {
            Map<String, Object> rope = new LinkedHashMap<>();
            rope.put("rope_type", "llama3");
            rope.put("factor", scaling.factor());
            rope.put("low_freq_factor", scaling.lowFactor());
            rope.put("high_freq_factor", scaling.highFactor());
            rope.put("original_max_position_embeddings", scaling.trainedContext());
            keys.put("rope_scaling", rope);
        }
        keys.put("tie_word_embeddings", config.details().tied());
        return keys;
    }

    @Override
    public List<Weight> weights(LanguageModel model) {
        Llama.Config config = ((Llama) model).config();
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.of(TABLE, "tokens.table"));
        for (int i = 0; i < config.layers(); i++) {
            block(weights, PREFIX + "layers." + i + ".", "decoder.blocks." + i + ".");
        }
        weights.add(Weight.of(PREFIX + "norm.weight", "decoder.norm.weight"));
        if (!config.details().tied()) {
            weights.add(Weight.of(HEAD, "head.weight"));
        }
        return weights;
    }

    private void block(List<Weight> weights, String theirs, String ours) {
        weights.add(Weight.of(theirs + "input_layernorm.weight", ours + "attentionNorm.weight"));
        for (String name : List.of("query", "key", "value")) {
            String projection = theirs + "self_attn." + name.charAt(0) + "_proj";
            weights.add(Weight.of(projection + ".weight", ours + "attention." + name + ".weight"));
            if (qwen) {
                weights.add(Weight.of(projection + ".bias", ours + "attention." + name + ".bias"));
            }
        }
        weights.add(Weight.of(theirs + "self_attn.o_proj.weight", ours + "attention.output.weight"));
        weights.add(Weight.of(theirs + "post_attention_layernorm.weight", ours + "feedForwardNorm.weight"));
        for (String name : List.of("gate", "up", "down")) {
            weights.add(Weight.of(theirs + "mlp." + name + "_proj.weight", ours + "feedForward." + name + ".weight"));
        }
    }

    @Override
    public Pattern noWeights() {
        return Pattern.compile("model\\.layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");
    }

    @Override
    public Map<String, Tensor> named(Map<String, Tensor> stored) {
        return Layout.prefixed(stored, PREFIX, HEAD);
    }

    @Override
    public Map<String, String> copies() {
        return Map.of(HEAD, TABLE);
    }
}
