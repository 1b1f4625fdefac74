/**
 * Language models in the files of Hugging Face: {@code config.json} and {@code model.safetensors}, GPT-2, Llama, Qwen2, BERT.
 * Read strictly: whatever is not understood is an error that names it.
 *
 * <p>Never here: downloads, tokenizers, training.
 *
 * <p>Start with {@link org.lungo.model.huggingface.HuggingFace}.
 */
@NullMarked
package org.lungo.model.huggingface;

import org.jspecify.annotations.NullMarked;
