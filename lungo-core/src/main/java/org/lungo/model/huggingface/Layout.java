package org.lungo.model.huggingface;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.tensor.DType;

/** How a family of models stands in its files. */
interface Layout {
    /** Keys of every family that say nothing about what the network computes. */
    List<String> IGNORED = List.of(
            "model_type",
            "architectures",
            "_name_or_path",
            "bos_token_id",
            "eos_token_id",
            "pad_token_id",
            "dtype",
            "torch_dtype",
            "transformers_version",
            "initializer_range",
            "use_cache",
            "task_specific_params",
            "gradient_checkpointing");

    /** The model that {@code keys} describe, all zero. */
    LanguageModel blank(ConfigKeys keys, Path file, DType dtype);

    /** What stands in {@code config.json} for {@code model}. */
    Map<String, Object> config(LanguageModel model);

    /** The tensors of the file that {@code model} is stored in. */
    List<Weight> weights(LanguageModel model);

    /** What stands before the name of every tensor but the head's; files of the model without a head leave it out. */
    String prefix();

    /** The names, without prefix, of tensors in old files that are no weights: masks and frequencies that follow from the sizes. */
    Pattern noWeights();

    /** The name of the table that a tied head shares, without prefix. */
    String table();

    /** The layout that {@code model} is written in. */
    static Layout of(LanguageModel model) {
        if (model instanceof Gpt) {
            return new Gpt2Layout();
        }
        if (model instanceof Llama llama) {
            return new LlamaLayout(llama.config().details().bias());
        }
        throw new IllegalArgumentException("a model must be a Gpt or a Llama. Received: " + model.getClass());
    }
}
