package org.lungo.family.translation.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.BleuTokens;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Bars;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Claim;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Order;
import org.lungo.experiment.Run;
import org.lungo.experiment.Smoke;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.translation.Translation;
import org.lungo.family.translation.Translator;

/** Learning to translate from texts and their translations. */
public final class TranslationStudy implements Study<TranslationConfig, TranslationEvaluation> {
    private static final String TO = "--to";
    private static final String FROM = "--from";
    private static final String TOKENIZE = "--tokenize";
    private static final String BEAM = "--beam";
    private static final String LENGTH_PENALTY = "--length-penalty";

    private static final String OTHERS = "name the pairs to validate on with --set data.validation_path=FILE --set"
            + " data.validation_to=FILE, and measure others with lungo evaluate RUN SOURCE --to REFERENCE";

    private static final Flag FROM_COLUMN =
            Flag.of(FROM, "COL", "The column of the texts to translate, of a table.", true, "data.from");

    private static final Claim CLAIM = new Claim(
            List.of(
                    Flag.of(
                            TO,
                            "FILE|COL",
                            "Learn to translate: the translations of DATA, line by line; with --from their column.",
                            true,
                            "data.to"),
                    FROM_COLUMN),
            List.of(TranslationConfig.Type.TRANSFORMER.toString()),
            order -> order.config() != null && TranslationConfig.isMeant(order.input(), order.config()),
            Map.of("--test", OTHERS, "--query", OTHERS));

    private static final List<Flag> EVALUATING = List.of(
            Flag.of(
                    TO,
                    "FILE|COL",
                    "The reference translations of DATA, line by line; with --from their column.",
                    true,
                    ""),
            FROM_COLUMN,
            Flag.of(
                    TOKENIZE,
                    "13a|zh|char|none",
                    "How BLEU cuts texts (zh for references in Chinese, else 13a).",
                    true,
                    ""),
            Flag.of(BEAM, "N", "How many hypotheses are followed; 1 is greedy (4).", true, ""),
            Flag.of(LENGTH_PENALTY, "A", "The exponent by which longer translations are preferred (0.6).", true, ""));

    @Override
    public Family family() {
        return new Translation();
    }

    @Override
    public Claim claim() {
        return CLAIM;
    }

    @Override
    public Reference reference() {
        return new Reference(
                TranslationConfig.FILE,
                "Lungo translation",
                ": translation",
                " `family: translation` says that a config is one of a model that translates; without it, so does"
                        + " `model.type: transformer`.");
    }

    /** The run of a config. */
    public static Run<TranslationConfig, TranslationEvaluation> run(Resolved<TranslationConfig> config) {
        return Run.of(new TranslationStudy(), config);
    }

    /**
     * The run that learns to translate the lines of {@code from} to those of {@code to}, all else by default.
     *
     * @param sets values of the config, such as {@code train.epochs=20}
     */
    public static Run<TranslationConfig, TranslationEvaluation> run(String from, String to, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path=" + Order.quoted(from), "data.to=" + Order.quoted(to)));
        all.addAll(Arrays.asList(sets));
        return run(TranslationConfig.FILE.read("defaults", "", all));
    }

    @Override
    public Resolved<TranslationConfig> resolve(Order order) {
        if (order.has(FROM) && !order.has(TO) && order.config() == null) {
            throw new IllegalArgumentException(
                    "--from names the column to translate from; name that of the translations with --to");
        }
        Resolved<TranslationConfig> resolved =
                TranslationConfig.FILE.resolve(order.input(), order.text(), order.settings(CLAIM.flags()));
        if (resolved.value().data().to().isEmpty()) {
            throw new IllegalArgumentException(
                    "no translations: say where they are with --to, or with data.to in a config");
        }
        return resolved;
    }

    @Override
    public Attempt<TranslationEvaluation> attempt(Resolved<TranslationConfig> config, Cache cache) throws IOException {
        return TranslationAttempt.of(config.value());
    }

    @Override
    public Smoke smoke(Resolved<TranslationConfig> config, Cache cache) throws IOException {
        return TranslationSmoke.run(config.value(), cache);
    }

    @Override
    public List<Flag> evaluating() {
        return EVALUATING;
    }

    @Override
    public Measurement evaluate(Path run, @Nullable String data, Map<String, String> options) throws IOException {
        TranslationEvaluation measured =
                data == null ? TranslationEvaluation.stored(run) : evaluated(run, data, options);
        return Bars.judge(run, measured, measured.summary(), data == null);
    }

    private static TranslationEvaluation evaluated(Path run, String data, Map<String, String> options)
            throws IOException {
        String to = options.get(TO);
        if (to == null) {
            throw new IllegalArgumentException(
                    "no references: name the translations that " + data + " should have with --to FILE");
        }
        String tokens = options.get(TOKENIZE);
        Translator.Settings usual = Translator.Settings.DEFAULTS;
        Translator.Settings settings = new Translator.Settings(
                (int) number(BEAM, options, usual.beam(), true),
                number(LENGTH_PENALTY, options, usual.lengthPenalty(), false));
        return TranslationEvaluation.on(
                run,
                new ParallelTexts(data, options.get(FROM), to, "utf-8"),
                settings,
                tokens == null ? null : BleuTokens.named(tokens));
    }

    private static double number(String flag, Map<String, String> options, double usual, boolean whole) {
        String text = options.get(flag);
        if (text == null) {
            return usual;
        }
        try {
            return whole ? Integer.parseInt(text) : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    flag + " must be a " + (whole ? "whole " : "") + "number. Received: " + text);
        }
    }
}
