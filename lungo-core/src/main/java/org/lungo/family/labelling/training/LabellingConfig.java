package org.lungo.family.labelling.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.experiment.Bars;
import org.lungo.experiment.RunConfig;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.config.Setting;
import org.lungo.family.labelling.LabelFiles;
import org.lungo.family.labelling.Labelling;
import org.lungo.family.labelling.TaggerLayers;
import org.lungo.tensor.Check;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;

/** The training of a model that gives tokens labels, as a config file says it. */
public record LabellingConfig(
        @JsonPropertyDescription("The version of the file format, 1.")
        int version,

        @JsonPropertyDescription("The family of the model, `labelling`.")
        String family,

        @JsonPropertyDescription("Where the sentences come from.")
        Data data,

        @JsonPropertyDescription("The shape of the network.")
        Model model,

        @JsonPropertyDescription("How the model is trained.")
        Training train,

        @JsonPropertyDescription("How the model is served.") ServeConfig serve,

        @JsonPropertyDescription("How the model is evaluated.")
        Bars evaluate,

        @JsonPropertyDescription("The seed of all randomness.")
        long seed)
        implements RunConfig {
    /** What {@code family} says. */
    public static final String FAMILY = Labelling.NAME;

    public static final LabellingConfig DEFAULTS = new LabellingConfig(
            1, FAMILY, Data.DEFAULTS, Model.DEFAULTS, Training.DEFAULTS, ServeConfig.DEFAULTS, Bars.NONE, 42);

    /** The same where a BERT is trained on. */
    public static final LabellingConfig TUNING = new LabellingConfig(
            1, FAMILY, Data.DEFAULTS, Model.TUNING, Training.TUNING, ServeConfig.DEFAULTS, Bars.NONE, 42);

    /** How such a file is read. */
    public static final ConfigFile<LabellingConfig> FILE = file(DEFAULTS);

    private static final ConfigFile<LabellingConfig> TUNING_FILE = file(TUNING);

    public LabellingConfig {
        Check.that(version == 1, "version must be 1", version);
        Check.that(family.equals(FAMILY), "family must be " + FAMILY, family);
        evaluate.requireAmong(LabelLesson.MONITORS.keySet());
    }

    @Override
    public int epochs() {
        return train.epochs();
    }

    @Override
    public String source() {
        return data.path();
    }

    private static ConfigFile<LabellingConfig> file(LabellingConfig defaults) {
        return new ConfigFile<>(
                defaults,
                Map.of(Bars.GATES, ""),
                Map.of("data", "path", "model", "type"),
                Set.of("serve.max_texts", "serve.precision"));
    }

    /** Resolves the config in {@code text}; the defaults are others where a BERT is trained on. */
    public static Resolved<LabellingConfig> resolve(String name, String text, List<Setting> settings) {
        Resolved<LabellingConfig> resolved = FILE.resolve(name, text, settings);
        return resolved.value().model().from() == null ? resolved : TUNING_FILE.resolve(name, text, settings);
    }

    /** Whether the config in {@code text} is one of labelling: its {@code model} is the tagger. */
    public static boolean isMeant(String name, String text) {
        return FILE.has(name, text, "model.type", List.of(Type.TAGGER.toString()));
    }

    /** Where the sentences come from. */
    public record Data(
            @JsonPropertyDescription(
                    "A file in columns (a token per line, its label in the last column, an empty line between"
                            + " sentences) or"
                            + " JSON lines with `tokens` and `labels`; or a folder or pattern of them; also with .gz.")
            String path,

            @JsonPropertyDescription("Sentences to choose the best epoch by; null holds out a part of `path`.")
            @Nullable
            String validation,

            @JsonPropertyDescription("Sentences to test on at the end; null holds out a part of `path`.") @Nullable
            String test,

            @JsonPropertyDescription(
                    "The share of the sentences of `path` that validation and test each take when they have no file.")
            double heldOut,

            @JsonPropertyDescription("The encoding of the files, such as `utf-8`, `latin-1` or `gb18030`.")
            String encoding) {
        public static final Data DEFAULTS = new Data("", null, null, 0.1, "utf-8");

        public Data {
            Check.that(heldOut > 0 && heldOut < 0.5, "data.held_out must be above 0 and below 0.5", heldOut);
        }

        /** The sentences of one of the files. */
        LabelFiles files(String location) {
            return new LabelFiles(location, encoding);
        }
    }

    /** The shape of the network. In a file, the keys of {@code layers} stand next to the type. */
    public record Model(
            @JsonPropertyDescription(
                    "`tagger`: words and their characters, a recurrent network in both directions, and a conditional"
                            + " random field.")
            Type type,

            @JsonPropertyDescription(
                    "A BERT to fine-tune on the sentences, as a run or a Hugging Face model folder; null for a new"
                            + " network."
                            + " Of the other keys, only `head` and `dropout` count then.")
            @Nullable
            String from,

            @JsonUnwrapped TaggerLayers layers) {
        public static final Model DEFAULTS = new Model(Type.TAGGER, null, TaggerLayers.DEFAULTS);

        /** Devlin et al. 2018, arXiv:1810.04805, appendix A.2. */
        static final Model TUNING = new Model(Type.TAGGER, null, TaggerLayers.DEFAULTS.withDropout(0.1));

        public Model {
            Check.that(
                    from == null || layers.fitsBert(),
                    "model.from brings its own network; leave embedding, lowercase, characters and rnn out",
                    layers);
        }
    }

    /** The families. */
    public enum Type {
        @JsonProperty("tagger")
        TAGGER;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the model is trained. In a file, the keys of {@code rate} stand among the others. */
    public record Training(
            @JsonPropertyDescription("The maximum number of passes over the training sentences.")
            int epochs,

            @JsonPropertyDescription("The maximum number of tokens in a step, padding included.")
            int batchTokens,

            @JsonUnwrapped TrainConfig.Rate rate,

            @JsonPropertyDescription("How the parameters are updated.")
            OptimizerChoice optimizer,

            @JsonPropertyDescription("When training ends before `epochs`.")
            TrainConfig.EarlyStop earlyStop,

            @JsonPropertyDescription("Settings that are rarely changed.")
            TrainConfig.More more) {
        public static final Training DEFAULTS = new Training(
                100,
                256,
                new TrainConfig.Rate(0.002, ScheduleConfig.DEFAULTS),
                new OptimizerChoice(OptimizerChoice.Type.ADAMW, 0, false, 1e-4),
                new TrainConfig.EarlyStop("val_f1", 10, 0),
                TrainConfig.More.DEFAULTS);

        /** Devlin et al. 2018, arXiv:1810.04805, appendices A.2 and A.3. */
        static final Training TUNING = new Training(
                10,
                1024,
                new TrainConfig.Rate(5e-5, new ScheduleConfig(ScheduleConfig.Type.COSINE, 1, 0.1, 10, 0, 1e-4)),
                new OptimizerChoice(
                        OptimizerChoice.Type.ADAMW,
                        0,
                        false,
                        0.01,
                        List.of(),
                        1e-8,
                        OptimizerChoice.Constants.OF_MATRICES),
                new TrainConfig.EarlyStop("val_f1", 10, 0),
                TrainConfig.More.DEFAULTS);

        public Training {
            Check.positive("epochs", epochs);
            Check.positive("batch_tokens", batchTokens);
            earlyStop.requireOneOf(LabelLesson.MONITORS);
        }

        /** These settings for the trainer. */
        TrainConfig config() {
            return new TrainConfig(epochs, rate, optimizer, earlyStop, more);
        }
    }
}
