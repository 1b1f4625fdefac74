package org.lungo.model.huggingface;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * How a family of models stands in its files.
 *
 * @param <M> the models
 */
interface Layout<M> {
    /**
     * The model that {@code keys} describe, all zero.
     *
     * @param names the full names of what is stored
     */
    M blank(ConfigKeys keys, Path file, DType dtype, Set<String> names);

    /** What stands in {@code config.json} for {@code model}. */
    Map<String, Object> config(M model);

    /** The tensors of the file that {@code model} is stored in. */
    List<Weight> weights(M model);

    /** What is stored, under the names that {@link #weights} have: old files, and those without a head, have others. */
    Map<String, Tensor> named(Map<String, Tensor> stored);

    /** Tensors that may stand in a file a second time, under these names; with the names of what they must equal. */
    Map<String, String> copies();

    /** The names of tensors that are no weights of the model: masks and frequencies that follow from the sizes. */
    Pattern noWeights();

    /** {@code prefix} before every name but {@code outside}'s, unless names have it already. */
    static Map<String, Tensor> prefixed(Map<String, Tensor> stored, String prefix, String outside) {
        boolean bare = stored.keySet().stream().noneMatch(name -> name.startsWith(prefix));
        Map<String, Tensor> named = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> named.put(bare && !name.startsWith(outside) ? prefix + name : name, tensor));
        return named;
    }

    /** The layout that {@code model} is written in. */
    static Layout<LanguageModel> of(LanguageModel model) {
        if (model instanceof Gpt) {
            return new Gpt2Layout();
        }
        if (model instanceof Llama llama) {
            return new LlamaLayout(llama.config().details().bias());
        }
        throw new IllegalArgumentException("a model must be a Gpt or a Llama. Received: " + model.getClass());
    }
}
