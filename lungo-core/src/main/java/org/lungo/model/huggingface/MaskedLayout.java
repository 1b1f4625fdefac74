package org.lungo.model.huggingface;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/** BERT with the head that tells masked tokens. Names: transformers, modeling_bert.py, BertForMaskedLM. */
record MaskedLayout() implements Layout<MaskedLanguageModel> {
    private static final BertLayout BERT = new BertLayout("bert.");
    private static final String HEAD = BertLayout.HEADS + "predictions.";
    private static final String BIAS = HEAD + "bias";

    /** Whether {@code names} of stored tensors have the head. */
    static boolean isIn(Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(HEAD));
    }

    @Override
    public MaskedLanguageModel blank(ConfigKeys keys, Path file, DType dtype, Set<String> names) {
        return MaskedLanguageModel.blank(BertLayout.config(keys, file, names), dtype);
    }

    @Override
    public Map<String, Object> config(MaskedLanguageModel model) {
        Map<String, Object> keys = new LinkedHashMap<>(BERT.config(model.bert()));
        keys.put("architectures", List.of("BertForMaskedLM"));
        return keys;
    }

    @Override
    public List<Weight> weights(MaskedLanguageModel model) {
        List<Weight> weights = new ArrayList<>(BERT.weights(model.bert()));
        BertLayout.dense(weights, HEAD + "transform.dense", "head.dense");
        BertLayout.dense(weights, HEAD + "transform.LayerNorm", "head.norm");
        weights.add(Weight.of(BIAS, "head.decoder.bias"));
        return weights;
    }

    @Override
    public Map<String, Tensor> named(Map<String, Tensor> stored) {
        return BERT.named(stored);
    }

    @Override
    public Map<String, String> copies() {
        return Map.of(HEAD + "decoder.weight", BertLayout.TABLE, HEAD + "decoder.bias", BIAS);
    }

    /** The head for next sentences is no part of this model. */
    @Override
    public Pattern noWeights() {
        return Pattern.compile("bert\\.embeddings\\.position_ids|cls\\.seq_relationship\\..*");
    }
}
