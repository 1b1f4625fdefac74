package org.lungo.family.translation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameter;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A translation model and its tokenizer, as a folder: {@code config.json}, {@code model.safetensors},
 * {@code tokenizer.json}, {@code golden.json}, whose examples are replayed, and a {@code manifest.json}, which is checked.
 */
public record TranslationBundle(Transformer model, TranslationTokens tokens) {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /** Checks that the model has a place for every token. */
    public TranslationBundle {
        if (tokens.tokenizer().size() > model.config().vocabulary()) {
            throw new CorruptFileException("the tokenizer must have at most as many tokens as the model, "
                    + model.config().vocabulary() + ". Received: "
                    + tokens.tokenizer().size());
        }
    }

    /** Writes the model folder, which must be new or empty; it is served by default. */
    public void save(Path folder) throws IOException {
        save(folder, ServeConfig.DEFAULTS, List.of());
    }

    /**
     * Writes the model folder, which must be new or empty.
     *
     * @param pairs the golden examples are chosen from, see {@link GoldenTokens#chosen}; where there are none, each drawn
     *     text is its own translation
     * @throws org.lungo.deploy.NotFiniteException when an answer to one is not finite; nothing is written then
     */
    public void save(Path folder, ServeConfig serve, List<GoldenTokens.Given> pairs) throws IOException {
        GoldenTokens golden = golden(GoldenTokens.chosen(
                        pairs, model.config().vocabulary(), model.config().context()))
                .requireFinite();
        Files.createDirectories(folder);
        ObjectNode config = JSON.createObjectNode().put("model_type", "lungo_transformer");
        config.set("shape", JSON.valueToTree(model.config()));
        Safetensors.write(
                folder.resolve(WEIGHTS), Parameters.of(model).tensors(), Map.of("format", "pt")); // transformers' key
        Files.writeString(folder.resolve(TOKENIZER), tokens.tokenizer().json());
        Files.writeString(
                folder.resolve(CONFIG), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
        golden.save(folder);
        serve.save(folder);
        ModelFolder.write(folder, Translation.NAME);
        Manifest.write(folder, Set.of());
    }

    /** The log-probability of each token of a translation but the first. */
    /** What the model answers for each of {@code given}: log-probabilities of the tokens of translations. */
    public GoldenTokens golden(List<GoldenTokens.Given> given) {
        return GoldenTokens.of(given, pair -> {
            try (Scope scope = Scope.inference()) {
                Tensor source = GoldenTokens.row(pair.source() == null ? pair.tokens() : pair.source()); // [1, source]
                Transformer.Memory memory = model.encode(source, source.gt(-1));
                Tensor states = model.decode(GoldenTokens.row(pair.tokens()), memory, null); // [1, sequence, hidden]
                return GoldenTokens.following(model.logits(states), pair.tokens());
            }
        });
    }

    /**
     * Reads a model folder, or that of a run, and replays its golden examples. The model's parameters live in the scope that
     * is open now.
     *
     * @throws IllegalArgumentException when it is not that of a translation model
     * @throws CorruptFileException when a file is missing or damaged, or the model no longer answers as it did
     */
    public static TranslationBundle load(Path folder) throws IOException {
        if (!ModelFolder.of(folder).family().equals(Translation.NAME)) {
            throw new IllegalArgumentException(
                    folder + " must be a run, or a model folder, of a translation model, which"
                            + " lungo train SOURCE --to TARGET makes. Received: "
                            + (Files.isDirectory(folder) ? "another folder" : "no folder"));
        }
        Path files = ModelFolder.inside(folder);
        Manifest.verify(files);
        TranslationBundle bundle = read(files);
        GoldenTokens.replay(files, bundle::golden);
        return bundle;
    }

    private static TranslationBundle read(Path files) throws IOException {
        TranslationTokens tokens = new TranslationTokens(Tokenizer.load(files.resolve(TOKENIZER)));
        Transformer.Config config = config(files.resolve(CONFIG));
        try (Scope scope = Scope.inference()) { // frees the mapped file
            Transformer model = config.blank();
            Parameters parameters = Parameters.of(model);
            try {
                parameters.load(new LinkedHashMap<>(
                        Safetensors.read(files.resolve(WEIGHTS)).tensors()));
            } catch (IllegalArgumentException e) {
                throw new CorruptFileException(files.resolve(WEIGHTS) + ": " + e.getMessage());
            }
            for (Parameter parameter : parameters.all().values()) {
                scope.keep(parameter.value());
            }
            return new TranslationBundle(model, tokens);
        }
    }

    private static Transformer.Config config(Path file) throws IOException {
        try {
            JsonNode shape = JSON.readTree(Files.readString(file)).required("shape");
            return JSON.treeToValue(shape, Transformer.Config.class);
        } catch (JacksonException e) {
            throw new CorruptFileException(file + " cannot be read: " + e.getMessage());
        }
    }
}
