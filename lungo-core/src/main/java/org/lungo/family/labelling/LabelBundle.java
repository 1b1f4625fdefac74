package org.lungo.family.labelling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.data.LabelScheme;
import org.lungo.deploy.GoldenFile;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.text.BertBundle;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.Splitting;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tagger and everything that it needs to answer: {@code config.json} (the layers), {@code labels.json} (what was learned
 * from the corpus: labels, words, characters, how a text becomes tokens), {@code model.safetensors} (weights),
 * {@code golden.json}, {@code serve.json}, {@code manifest.json}. A BERT that reads the sentences stands in the folder
 * {@code encoder}, as Hugging Face's files, and its weights there alone.
 *
 * @param encoding of the training's files, for those that are predicted are mostly written so too
 */
public record LabelBundle(TaggerLayers layers, Tagger model, LabelScheme scheme, Splitting splitting, String encoding) {
    private static final int FORMAT = 1;
    private static final String LABELS = "labels.json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENCODER = "encoder";

    private record Stored(int format, String family, TaggerLayers tagger) {}

    private record Learned(
            List<String> labels,
            LabelScheme scheme,
            Splitting splitting,
            String encoding,
            @Nullable WordIds words) {}

    /** Sentences and the labels that the model gave them when it was saved; replayed whenever it is loaded. */
    private record Golden(List<List<String>> sentences, List<List<String>> labels) {}

    /**
     * Writes the model folder.
     *
     * @param golden some sentences whose labels are stored with it
     * @throws org.lungo.deploy.NotFiniteException when a score of one is not finite; nothing is written then
     */
    public void save(Path folder, List<List<String>> golden, ServeConfig serve) throws IOException {
        golden.forEach(this::requireFinite);
        Files.createDirectories(folder);
        write(folder.resolve("config.json"), new Stored(FORMAT, "tagger", layers));
        write(folder.resolve(LABELS), new Learned(model.labels(), scheme, splitting, encoding, words()));
        Map<String, Tensor> weights = new LinkedHashMap<>(Parameters.of(model).tensors());
        if (model.encoder() instanceof PieceEncoder pieces) {
            weights.keySet().removeIf(name -> name.startsWith("encoder."));
            new BertBundle(pieces.bert(), null, pieces.tokenizer()).export(folder.resolve(ENCODER));
        }
        Safetensors.write(folder.resolve("model.safetensors"), weights, Map.of("format", "lungo"));
        GoldenFile.write(folder, new Golden(golden, model.label(golden)));
        serve.save(folder);
        ModelFolder.write(folder, Labelling.NAME);
        Manifest.write(folder, Set.of());
    }

    /** Looks at scores, as some labels are chosen even where these are no numbers. */
    private void requireFinite(List<String> sentence) {
        for (List<String> part : Tagger.parts(sentence, model.encoder().longest())) {
            try (Scope scope = Scope.inference()) {
                Tensor emissions = model.emissions(List.of(part)); // [1, seq, labels]
                GoldenFile.requireFinite(name(sentence), emissions.toDoubles());
                if (model.field() != null) {
                    Tensor length = Tensor.of(new long[] {part.size()}, 1);
                    Tensor all = model.field().logPartition(emissions, length); // [1]
                    GoldenFile.requireFinite(name(sentence), all.item());
                }
            }
        }
    }

    private static String name(List<String> sentence) {
        return "the golden sentence " + sentence;
    }

    private @Nullable WordIds words() {
        return model.encoder() instanceof WordEncoder words ? words.ids() : null;
    }

    private static void write(Path file, Object value) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    }

    /**
     * Reads a model folder, or that of a run, and lets it label its golden sentences. The model's tensors live in the scope
     * that is open now.
     *
     * @throws CorruptFileException when a file is missing, changed or not what it should be, or the model no longer answers
     *     as it did
     */
    public static LabelBundle load(Path folder) throws IOException {
        Path place = ModelFolder.inside(folder);
        if (!ModelFolder.of(folder).family().equals(Labelling.NAME)) {
            throw new IllegalArgumentException(
                    folder + " must be a run, or a model folder, of a tagger. Received: no " + LABELS + " in " + place);
        }
        Manifest.verify(place);
        try {
            Stored config = JSON.readValue(Files.readString(place.resolve("config.json")), Stored.class);
            if (config.format() != FORMAT) {
                throw new CorruptFileException(place + " has format " + config.format() + ", this version reads "
                        + FORMAT + "; use the version of Lungo that wrote it");
            }
            Learned learned = JSON.readValue(Files.readString(place.resolve(LABELS)), Learned.class);
            Tagger model = model(config.tagger(), learned, place);
            LabelBundle bundle =
                    new LabelBundle(config.tagger(), model, learned.scheme(), learned.splitting(), learned.encoding());
            bundle.replay(place);
            return bundle;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CorruptFileException(place + " cannot be loaded: " + e.getMessage());
        }
    }

    private static Tagger model(TaggerLayers layers, Learned learned, Path place) throws IOException {
        boolean plain = learned.scheme() == LabelScheme.PLAIN;
        WordIds words = learned.words();
        Tagger model;
        if (words != null) {
            model = layers.build(words, learned.labels(), plain, Random.of(0));
        } else {
            BertBundle base = BertBundle.load(place.resolve(ENCODER));
            PieceEncoder encoder = new PieceEncoder(base.tokenizer(), base.bert(), layers.dropout());
            model = layers.build(encoder, learned.labels(), plain, Random.of(0));
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Parameters.of(model).tensors().forEach((name, tensor) -> {
            if (words == null && name.startsWith("encoder.")) {
                weights.put(name, tensor); // read above
            }
        });
        weights.putAll(Safetensors.read(place.resolve("model.safetensors")).tensors());
        Parameters.of(model).load(weights);
        return model;
    }

    private void replay(Path place) throws IOException {
        Golden golden = GoldenFile.read(place, Golden.class);
        List<List<String>> now = model.label(golden.sentences());
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).equals(golden.labels().get(i))) {
                throw GoldenFile.changed(
                        place, name(golden.sentences().get(i)), golden.labels().get(i), now.get(i));
            }
        }
    }
}
