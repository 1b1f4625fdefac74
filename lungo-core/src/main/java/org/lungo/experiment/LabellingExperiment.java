package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.LabelScheme;
import org.lungo.data.LabelledCorpus;
import org.lungo.data.LabelledSentence;
import org.lungo.data.WriteLock;
import org.lungo.deploy.labels.LabelBundle;
import org.lungo.deploy.text.BertBundle;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.config.Setting;
import org.lungo.model.PieceEncoder;
import org.lungo.model.Tagger;
import org.lungo.model.TaggerLayers;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.Splitting;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.LabelLesson;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/**
 * From sentences whose tokens have labels to a trained, evaluated, stored tagger.
 *
 * <pre>{@code
 * LabellingExperiment experiment = LabellingExperiment.of("entities.conll", "train.epochs=20");
 * Result result = experiment.run(Path.of("runs/entities-001"), Listener.NONE);
 * System.out.println(result.evaluation().scores().all().f1());
 * }</pre>
 */
public final class LabellingExperiment implements Study {
    private static final int GOLDEN_SENTENCES = 8;

    private final Resolved<LabellingConfig> resolved;
    private final @Nullable List<String> command;

    private LabellingExperiment(Resolved<LabellingConfig> resolved, @Nullable List<String> command) {
        this.resolved = resolved;
        this.command = command;
    }

    /** The experiment that a config says. */
    public static LabellingExperiment of(Resolved<LabellingConfig> config) {
        return new LabellingExperiment(config, null);
    }

    /** The experiment of labelling tokens as those of a file are, all else by default. */
    public static LabellingExperiment of(String data, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path='" + data.replace("'", "''") + "'"));
        all.addAll(Arrays.asList(sets));
        return of(LabellingConfig.resolve(
                "defaults", "", all.stream().map(Setting::of).toList()));
    }

    @Override
    public int epochs() {
        return resolved.value().train().epochs();
    }

    @Override
    public LabellingExperiment startedBy(List<String> commandLine) {
        return new LabellingExperiment(resolved, List.copyOf(commandLine));
    }

    /** The config with every value. */
    public Resolved<LabellingConfig> config() {
        return resolved;
    }

    /**
     * What an experiment gave.
     *
     * @param evaluation on sentences that were neither trained on nor chosen by
     * @param notes what is to be said of the data
     * @param parameters the number of trained values
     * @param tokensPerSecond of training steps; NaN where none was timed, as training had ended before
     */
    public record Result(
            Path folder,
            LabellingEvaluation evaluation,
            List<String> notes,
            long parameters,
            double tokensPerSecond,
            TrainingState state)
            implements Outcome {
        /** What {@code run.json} holds of it. */
        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("parameters", parameters);
            figures.put("tokens_per_second", tokensPerSecond);
            figures.put("notes", notes);
            return figures;
        }

        @Override
        public String toJson() {
            return evaluation.toJson();
        }

        @Override
        public String toText() {
            StringBuilder text = new StringBuilder();
            notes.forEach(note -> text.append("note: ").append(note).append(System.lineSeparator()));
            return text.append(evaluation.scores().toText())
                    .append(System.lineSeparator())
                    .append(String.format(
                            Locale.ROOT,
                            "best epoch %d of %d, %,d parameters%s",
                            state.bestEpoch(),
                            state.epoch(),
                            parameters,
                            Double.isNaN(tokensPerSecond)
                                    ? ""
                                    : String.format(Locale.ROOT, ", %,.0f tokens a second", tokensPerSecond)))
                    .toString();
        }

        @Override
        public List<String> next() {
            return List.of("lungo predict " + folder + " texts.txt --out entities.jsonl", "lungo serve " + folder);
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        LabellingConfig config = resolved.value();
        LabellingConfig.Data data = config.data();
        Check.that(!data.path().isEmpty(), "data.path must say where the sentences are", "nothing");
        try (WriteLock lock = RunFolder.lock(folder);
                Scope scope = Scope.open()) {
            listener.phaseStarted("reading " + data.path());
            LabellingParts parts = LabellingParts.of(data, Random.of(config.seed()));
            RunFolder run = RunFolder.begin(folder, resolved, provenance());
            return train(run, parts, listener);
        }
    }

    private Provenance provenance() {
        LabellingConfig.Data data = resolved.value().data();
        String hashes = data.files(data.path()).fingerprint();
        if (data.validation() != null) {
            hashes += " " + data.files(data.validation()).fingerprint();
        }
        return Provenance.of(
                command,
                resolved.value().seed(),
                hashes,
                data.test() == null ? null : data.files(data.test()).fingerprint());
    }

    private Result train(RunFolder run, LabellingParts parts, Listener listener) throws IOException {
        LabellingConfig config = resolved.value();
        List<List<String>> sentences =
                parts.train().sentences().stream().map(LabelledSentence::tokens).toList();
        LabelScheme scheme = parts.train().scheme();
        Random random = Random.of(config.seed());
        Tagger model = model(sentences, parts.train(), random.stream("init"));
        LabelLesson lesson = LabelLesson.of(
                model,
                parts.train(),
                parts.validation(),
                config.train().batchTokens(),
                config.train().more().labelSmoothing());
        listener.phaseStarted("training on " + parts.train().sentences().size() + " sentences, to " + run.path());
        StepClock clock = new StepClock(listener);
        TrainingState state = new Trainer(lesson, config.train().config(), random).fit(run.checkpoints(), clock);
        listener.phaseStarted("testing");
        Result result = new Result(
                run.path(),
                LabellingEvaluation.of(model, parts.test()),
                parts.notes(),
                Parameters.of(model).count(),
                (double) lesson.examples() / lesson.batches() / clock.secondsPerStep(),
                state);
        LabelBundle bundle = new LabelBundle(
                config.model().layers(),
                model,
                scheme,
                Splitting.of(sentences),
                config.data().encoding());
        List<List<String>> golden = sentences.subList(0, Math.min(GOLDEN_SENTENCES, sentences.size()));
        run.save(folder -> bundle.save(folder, golden, config.serve()));
        run.end(result, state, result.figures());
        return result;
    }

    /** A new model, or one over a BERT that is there. */
    private Tagger model(List<List<String>> sentences, LabelledCorpus train, Random random) throws IOException {
        LabellingConfig.Model model = resolved.value().model();
        TaggerLayers layers = model.layers();
        boolean plain = train.scheme() == LabelScheme.PLAIN;
        if (model.from() == null) {
            return layers.build(WordIds.of(sentences, layers.lowercase()), train.labels(), plain, random);
        }
        BertBundle base = BertBundle.load(Path.of(model.from()));
        PieceEncoder encoder = new PieceEncoder(base.tokenizer(), base.bert(), layers.dropout());
        return layers.build(encoder, train.labels(), plain, random);
    }
}
