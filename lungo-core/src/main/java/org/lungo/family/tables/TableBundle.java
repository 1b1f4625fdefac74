package org.lungo.family.tables;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.data.CsvLayout;
import org.lungo.data.ReadOptions;
import org.lungo.deploy.GoldenFile;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.ServeConfig;
import org.lungo.model.Answers;
import org.lungo.model.Architecture;
import org.lungo.model.Inputs;
import org.lungo.model.Model;
import org.lungo.model.TableLayers;
import org.lungo.model.TableNetwork;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model and everything it needs to answer: {@code config.json} (architecture), {@code model.safetensors} (weights),
 * {@code preprocess.json} (what was learned from the columns), {@code golden.json}, {@code serve.json},
 * {@code manifest.json}.
 *
 * @param reading how the training's files were written, for those that are predicted are mostly written so too
 * @param leftOut columns of the training's files that are no features: the target and what was ignored; empty for models of
 *     earlier versions, which do not know them
 */
public record TableBundle(
        Architecture architecture,
        FittedTable table,
        FittedTarget target,
        ReadOptions reading,
        Model model,
        List<String> leftOut) {
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What {@code config.json} holds.
     *
     * @param family the name of the network
     */
    private record Stored(
            int format, String family, @JsonUnwrapped TableLayers layers) {
        static Stored of(Architecture architecture) {
            return new Stored(FORMAT, architecture.family(), architecture.saved());
        }

        Architecture architecture() {
            return TableNetwork.named(family).of(layers);
        }
    }

    /** {@code text} and {@code leftOut} are null in models that an earlier version wrote. */
    private record Preprocess(
            FittedTable table,
            FittedTarget target,
            List<String> missing,
            @Nullable Text text,
            @Nullable List<String> leftOut) {}

    private record Text(String encoding, CsvLayout layout) {
        static Text of(ReadOptions reading) {
            return new Text(reading.encoding(), reading.layout());
        }

        static ReadOptions reading(@Nullable Text text, List<String> missing) {
            ReadOptions usual = ReadOptions.DEFAULTS;
            return new ReadOptions(
                    text == null ? usual.layout() : text.layout,
                    text == null ? usual.encoding() : text.encoding,
                    missing,
                    null,
                    List.of(),
                    null);
        }
    }

    public TableBundle {
        reading = reading.ofText();
        leftOut = List.copyOf(leftOut);
    }

    /** A bundle of which no columns are known but its features. */
    public TableBundle(
            Architecture architecture, FittedTable table, FittedTarget target, ReadOptions reading, Model model) {
        this(architecture, table, target, reading, model, List.of());
    }

    /** The same, with the columns of the training's files that are no features. */
    public TableBundle leavingOut(List<String> columns) {
        return new TableBundle(architecture, table, target, reading, model, columns);
    }

    /** The texts that stand for a missing value. */
    public List<String> missing() {
        return reading.missing();
    }

    /** What a model for {@code table} and {@code target} is given and must give. */
    public static Inputs inputs(FittedTable table, FittedTarget target) {
        int outputs = Answers.outputs(target.task(), target.classes().size());
        List<Inputs.Text> texts = table.texts().stream()
                .map(text -> new Inputs.Text(text.size(), text.length()))
                .toList();
        List<Inputs.Shaped> shaped = table.shaped().stream()
                .map(column -> new Inputs.Shaped(column.column(), column.shape(), column.reader()))
                .toList();
        return new Inputs(table.numberWidth(), table.cardinalities(), texts, shaped, outputs);
    }

    /**
     * Writes the model folder.
     *
     * @throws org.lungo.deploy.NotFiniteException when a score of a golden row is not finite; nothing is written then
     */
    public void save(Path folder, Golden golden, ServeConfig serve) throws IOException {
        for (int row = 0; row < golden.scores().size(); row++) {
            GoldenFile.requireFinite(Golden.name(row), golden.scores().get(row));
        }
        Files.createDirectories(folder);
        write(folder.resolve("config.json"), Stored.of(architecture));
        write(folder.resolve("preprocess.json"), new Preprocess(table, target, missing(), Text.of(reading), leftOut));
        write(folder.resolve("schema.json"), Map.of("features", table.features().fields()));
        GoldenFile.write(folder, golden);
        serve.save(folder);
        ModelFolder.write(folder, Tables.NAME);
        Safetensors.write(
                folder.resolve("model.safetensors"), Parameters.of(model).tensors(), Map.of("format", "lungo"));
        Manifest.write(folder, Set.of());
    }

    /**
     * Reads the model folder. The model's tensors live in the scope that is open now.
     *
     * @throws CorruptFileException when a file is missing, changed or not what it should be
     * @throws IllegalArgumentException when it holds a model of another kind
     */
    public static TableBundle load(Path folder) throws IOException {
        String family = ModelFolder.of(folder).family();
        if (!family.equals(Tables.NAME)) {
            throw new IllegalArgumentException(folder + " holds a model of the family " + family + ", not of "
                    + Tables.NAME + "; lungo inspect says what it does");
        }
        Manifest.verify(folder);
        try {
            Stored config = JSON.readValue(Files.readString(folder.resolve("config.json")), Stored.class);
            Preprocess learned = JSON.readValue(Files.readString(folder.resolve("preprocess.json")), Preprocess.class);
            if (config.format() != FORMAT) {
                throw new CorruptFileException(folder + " has format " + config.format() + ", this version reads "
                        + FORMAT + "; use the version of Lungo that wrote it");
            }
            Architecture architecture = config.architecture();
            Model model = architecture.build(inputs(learned.table(), learned.target()), Random.of(0));
            Parameters.of(model)
                    .load(Safetensors.read(folder.resolve("model.safetensors")).tensors());
            return new TableBundle(
                    architecture,
                    learned.table(),
                    learned.target(),
                    Text.reading(learned.text(), learned.missing()),
                    model,
                    learned.leftOut() == null ? List.of() : learned.leftOut());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CorruptFileException(folder + " cannot be loaded: " + e.getMessage());
        }
    }

    /** The same with the model {@linkplain Model#folded() for answering only}. */
    TableBundle folded() {
        try (Scope scope = Scope.inference()) {
            Model folded = model.folded();
            Parameters.of(folded).tensors().values().forEach(scope::keep);
            return new TableBundle(architecture, table, target, reading, folded, leftOut);
        }
    }

    /** The golden rows of a model folder. */
    public static Golden golden(Path folder) throws IOException {
        return GoldenFile.read(folder, Golden.class);
    }

    private static void write(Path file, Object value) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    }
}
