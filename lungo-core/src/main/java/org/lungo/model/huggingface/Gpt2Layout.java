package org.lungo.model.huggingface;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * GPT-2. The weights of its dense layers are [in, out], transposed to ours, and those of queries, keys and values are one.
 * Names and defaults: transformers, models/gpt2/configuration_gpt2.py and modeling_gpt2.py.
 */
record Gpt2Layout() implements Layout<LanguageModel> {
    private static final String PREFIX = "transformer.";
    private static final String TABLE = PREFIX + "wte.weight";
    private static final String HEAD = "lm_head.weight";
    private static final List<String> IGNORED = List.of(
            "n_ctx",
            "n_special",
            "predict_special_tokens",
            "is_decoder",
            "summary_activation",
            "summary_first_dropout",
            "summary_proj_to_labels",
            "summary_type",
            "summary_use_proj");

    @Override
    public LanguageModel blank(ConfigKeys keys, Path file, DType dtype, Set<String> names) {
        int hidden = keys.count("n_embd");
        double dropout = keys.number("resid_pdrop", 0.1);
        keys.supports("embd_pdrop", dropout);
        keys.supports("attn_pdrop", dropout);
        keys.supports("activation_function", "gelu_new", "gelu_pytorch_tanh");
        keys.supports("scale_attn_weights", true);
        keys.supports("scale_attn_by_inverse_layer_idx", false);
        keys.supports("reorder_and_upcast_attn", false);
        keys.supports("add_cross_attention", false);
        Gpt.Details details = new Gpt.Details(
                keys.count("n_inner", Math.multiplyExact(4, hidden)),
                keys.flag("tie_word_embeddings", true),
                keys.number("layer_norm_epsilon", 1e-5));
        int vocabulary = keys.count("vocab_size");
        int context = keys.count("n_positions");
        int layers = keys.count("n_layer");
        int heads = keys.count("n_head");
        NeutralKeys.accept(keys.ignoring(IGNORED));
        keys.finish(file);
        return new Gpt.Config(vocabulary, context, layers, heads, hidden, dropout, details).blank(dtype);
    }

    @Override
    public Map<String, Object> config(LanguageModel model) {
        Gpt.Config config = ((Gpt) model).config();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("architectures", List.of("GPT2LMHeadModel"));
        keys.put("model_type", "gpt2");
        keys.put("vocab_size", config.vocabulary());
        keys.put("n_positions", config.context());
        keys.put("n_embd", config.hidden());
        keys.put("n_layer", config.layers());
        keys.put("n_head", config.heads());
        keys.put("n_inner", config.details().inner());
        keys.put("activation_function", "gelu_new");
        keys.put("layer_norm_epsilon", config.details().epsilon());
        keys.put("resid_pdrop", config.dropout());
        keys.put("embd_pdrop", config.dropout());
        keys.put("attn_pdrop", config.dropout());
        keys.put("tie_word_embeddings", config.details().tied());
        return keys;
    }

    @Override
    public List<Weight> weights(LanguageModel model) {
        Gpt.Config config = ((Gpt) model).config();
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.of(TABLE, "tokens.table"));
        weights.add(Weight.of(PREFIX + "wpe.weight", "positions.table"));
        for (int i = 0; i < config.layers(); i++) {
            String theirs = PREFIX + "h." + i + ".";
            String ours = "decoder.blocks." + i + ".";
            add(weights, theirs + "ln_1", ours + "attentionNorm");
            dense(weights, theirs + "attn.c_attn", names(ours + "attention.", "query", "key", "value"));
            dense(weights, theirs + "attn.c_proj", List.of(ours + "attention.output"));
            add(weights, theirs + "ln_2", ours + "feedForwardNorm");
            dense(weights, theirs + "mlp.c_fc", List.of(ours + "feedForward.up"));
            dense(weights, theirs + "mlp.c_proj", List.of(ours + "feedForward.down"));
        }
        add(weights, PREFIX + "ln_f", "decoder.norm");
        if (!config.details().tied()) {
            weights.add(Weight.of(HEAD, "head.weight"));
        }
        return weights;
    }

    @Override
    public Pattern noWeights() {
        return Pattern.compile("transformer\\.h\\.\\d+\\.attn\\.(bias|masked_bias)");
    }

    @Override
    public Map<String, Tensor> named(Map<String, Tensor> stored) {
        return Layout.prefixed(stored, PREFIX, HEAD);
    }

    @Override
    public Map<String, String> copies() {
        return Map.of(HEAD, TABLE);
    }

    private static void add(List<Weight> weights, String theirs, String ours) {
        weights.add(Weight.of(theirs + ".weight", ours + ".weight"));
        weights.add(Weight.of(theirs + ".bias", ours + ".bias"));
    }

    private static void dense(List<Weight> weights, String theirs, List<String> ours) {
        weights.add(new Weight(theirs + ".weight", names("", ".weight", ours), true));
        weights.add(new Weight(theirs + ".bias", names("", ".bias", ours), false));
    }

    private static List<String> names(String prefix, String... names) {
        return names(prefix, "", List.of(names));
    }

    private static List<String> names(String prefix, String suffix, List<String> names) {
        return names.stream().map(name -> prefix + name + suffix).toList();
    }
}
