package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.model.huggingface.GenerationConfig;
import org.lungo.preprocess.tokenizer.Tokenizer;

/** How the texts of a model are written where nobody says otherwise: its folder's files besides weights and tokenizer. */
public record TextDefaults(GenerationConfig generation, TokenizerConfig tokenizer) {
    /** Of a model that learned documents with {@link LanguageBundle#END} behind each, if its tokenizer has that. */
    public static TextDefaults of(Tokenizer tokenizer) {
        Integer id = tokenizer.id(LanguageBundle.END);
        if (id == null) {
            return new TextDefaults(GenerationConfig.NONE, new TokenizerConfig(Map.of(), ""));
        }
        long end = id;
        return named(new GenerationConfig(List.of(end), end, end, Map.of()), tokenizer, "");
    }

    /** What the folder of a model says; of one that names no end token, as {@link #of}. */
    static TextDefaults in(Path folder, Tokenizer tokenizer) throws IOException {
        GenerationConfig read = GenerationConfig.read(folder);
        TokenizerConfig config = TokenizerConfig.in(folder);
        GenerationConfig own = of(tokenizer).generation();
        GenerationConfig generation = read.ends().isEmpty()
                ? new GenerationConfig(own.ends(), own.begin(), own.padding(), read.sampling())
                : read;
        TextDefaults defaults = config.tokens().isEmpty()
                ? named(generation, tokenizer, config.chatTemplate())
                : new TextDefaults(generation, config);
        defaults.sampling(); // refuses what cannot be used
        return defaults;
    }

    /** With the tokens of {@code generation} as the tokenizer spells them. */
    private static TextDefaults named(GenerationConfig generation, Tokenizer tokenizer, String chatTemplate) {
        Map<String, String> tokens = new LinkedHashMap<>();
        List<Long> ends = generation.ends();
        put(tokens, TokenizerConfig.BEGIN, generation.begin(), tokenizer);
        put(tokens, TokenizerConfig.END, ends.isEmpty() ? null : ends.get(0), tokenizer);
        put(tokens, TokenizerConfig.PADDING, generation.padding(), tokenizer);
        return new TextDefaults(generation, new TokenizerConfig(tokens, chatTemplate));
    }

    private static void put(Map<String, String> tokens, String role, @Nullable Long id, Tokenizer tokenizer) {
        if (id != null && tokenizer.has(id.intValue())) {
            tokens.put(role, tokenizer.token(id.intValue()));
        }
    }

    /**
     * How tokens are drawn: by {@link Sampling#PLAIN}, and otherwise where {@code generation_config.json} samples.
     *
     * @throws IllegalArgumentException when the file has a value that cannot be used
     */
    public Sampling sampling() {
        Map<String, Double> said = generation.sampling();
        Sampling plain = Sampling.PLAIN;
        try {
            return new Sampling(
                    said.getOrDefault("temperature", plain.temperature()),
                    said.getOrDefault("top_k", (double) plain.topK()).intValue(),
                    said.getOrDefault("top_p", plain.topP()),
                    said.getOrDefault("min_p", plain.minP()),
                    said.getOrDefault("repetition_penalty", plain.repetitionPenalty()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a value in " + GenerationConfig.FILE + " cannot be used: " + e.getMessage()
                            + "; correct it, or set do_sample to false",
                    e);
        }
    }
}
