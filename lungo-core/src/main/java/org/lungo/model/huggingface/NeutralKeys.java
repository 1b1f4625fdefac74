package org.lungo.model.huggingface;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys of {@code config.json} that leave what a network computes as it is, in every family: those that say nothing about it,
 * and those that would change it with another value. Names: transformers, configuration_utils.py (PretrainedConfig) and
 * generation/configuration_utils.py (GenerationConfig); the configurations of Qwen2.5, SmolLM2, Llama 3, TinyLlama, GPT-2,
 * DistilGPT2, BERT, MiniLM and bge as published.
 */
final class NeutralKeys {
    /** What it is called, who wrote it, and how it was trained. */
    private static final Set<String> RECORDS = Set.of(
            "model_type",
            "architectures",
            "auto_map",
            "name_or_path",
            "tokenizer_class",
            "dtype",
            "torch_dtype",
            "transformers_version",
            "transformers_weights",
            "transformers.js_config",
            "initializer_range",
            "gradient_checkpointing",
            "pretraining_tp",
            "is_llama_config",
            "attn_implementation",
            "use_flash_attn",
            "use_flash_attention",
            "use_bfloat16",
            "torchscript",
            "tf_legacy_loss",
            "xla_device",
            "chunk_size_feed_forward",
            "model_max_length",
            "max_sequence_length",
            "tokenizer_model_max_length");

    /** What a task does with the answers, and what else is answered. */
    private static final Set<String> TASKS = Set.of(
            "id2label",
            "label2id",
            "num_labels",
            "problem_type",
            "finetuning_task",
            "task_specific_params",
            "classifier_dropout",
            "prefix",
            "return_dict",
            "use_return_dict",
            "output_attentions",
            "output_hidden_states",
            "output_past",
            "keys_to_ignore_at_inference",
            "bos_token_id",
            "eos_token_id",
            "pad_token_id",
            "sep_token_id",
            "cls_token_id",
            "mask_token_id",
            "unk_token_id",
            "decoder_start_token_id");

    /** How texts are written; older folders have here what newer ones have in {@code generation_config.json}. */
    private static final Set<String> GENERATION = Set.of(
            "use_cache",
            "cache_implementation",
            "cache_config",
            "return_legacy_cache",
            "max_length",
            "max_new_tokens",
            "min_length",
            "min_new_tokens",
            "max_time",
            "early_stopping",
            "stop_strings",
            "do_sample",
            "num_beams",
            "num_beam_groups",
            "num_return_sequences",
            "penalty_alpha",
            "dola_layers",
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "top_h",
            "typical_p",
            "epsilon_cutoff",
            "eta_cutoff",
            "diversity_penalty",
            "repetition_penalty",
            "encoder_repetition_penalty",
            "length_penalty",
            "no_repeat_ngram_size",
            "encoder_no_repeat_ngram_size",
            "bad_words_ids",
            "force_words_ids",
            "constraints",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "forced_decoder_ids",
            "suppress_tokens",
            "begin_suppress_tokens",
            "exponential_decay_length_penalty",
            "sequence_bias",
            "token_healing",
            "guidance_scale",
            "low_memory",
            "watermarking_config",
            "renormalize_logits",
            "remove_invalid_values",
            "output_scores",
            "output_logits",
            "return_dict_in_generate",
            "prompt_lookup_num_tokens",
            "max_matching_ngram_size",
            "is_assistant",
            "num_assistant_tokens",
            "num_assistant_tokens_schedule",
            "assistant_confidence_threshold",
            "assistant_early_exit",
            "assistant_lookbehind",
            "target_lookbehind",
            "disable_compile",
            "compile_config",
            "generation_kwargs");

    /** Private notes of transformers, and those of Unsloth. */
    private static final Pattern NOTES = Pattern.compile("_.*|unsloth_.*");

    private static final String SLIDING = "use_sliding_window";

    /** The values with which a key changes nothing. */
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("use_mrope", false),
            Map.entry("rope_interleaved", false),
            Map.entry(SLIDING, false),
            Map.entry("partial_rotary_factor", 1.0),
            Map.entry("add_cross_attention", false),
            Map.entry("is_encoder_decoder", false),
            Map.entry("tie_encoder_decoder", false),
            Map.entry("pruned_heads", Map.of()));

    private static final String FULL = "full_attention";

    private NeutralKeys() {}

    /** Makes these keys of {@code keys} known, and a problem of each whose value changes what is computed. */
    static void accept(ConfigKeys keys) {
        keys.ignoring(RECORDS).ignoring(TASKS).ignoring(GENERATION).ignoring(NOTES);
        VALUES.forEach(keys::supportsUnlessKnown);
        if (keys.has("layer_types") && !keys.words("layer_types").stream().allMatch(FULL::equals)) {
            keys.problem("layer_types", "'" + FULL + "' for every layer (nothing else is supported)");
        }
        keys.ignoring(List.of("layer_types"));
        if (keys.has(SLIDING)) { // any value but false is a problem already
            keys.ignoring(List.of("sliding_window", "max_window_layers"));
        }
    }
}
