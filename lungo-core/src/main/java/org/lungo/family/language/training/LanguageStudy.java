package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Bars;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Claim;
import org.lungo.experiment.Exporter;
import org.lungo.experiment.Order;
import org.lungo.experiment.Run;
import org.lungo.experiment.Smoke;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.config.Setting;
import org.lungo.family.language.Language;

/** Learning to write texts, and to read them. */
public final class LanguageStudy implements Study<LanguageConfig, LanguageEvaluation> {
    private static final String VALIDATED = "it is validated on the end of its text (data.validation)";

    private static final Claim CLAIM = new Claim(
            List.of(),
            LanguageConfig.types(),
            LanguageStudy::isMeant,
            Map.of("--test", VALIDATED, "--query", VALIDATED));

    @Override
    public Family family() {
        return new Language();
    }

    @Override
    public Claim claim() {
        return CLAIM;
    }

    private static boolean isMeant(Order order) {
        return order.config() == null
                ? LanguageConfig.isNamed(
                                order.settings().stream().map(Setting::text).toList())
                        || Documents.areTexts(order.input())
                : LanguageConfig.isMeant(order.input(), order.config());
    }

    @Override
    public Reference reference() {
        return new Reference(
                LanguageConfig.FILE,
                "Lungo language model",
                ": language models",
                " `family: language` marks a config for a language model; so does a `model.type` of `gpt2`, `llama`"
                        + " or `bert` without a `target`. For `bert` these defaults apply instead: "
                        + LanguageConfig.FILE.otherDefaults(LanguageConfig.BERT) + ".");
    }

    /** The run of a config. */
    public static Run<LanguageConfig, LanguageEvaluation> run(Resolved<LanguageConfig> config) {
        return Run.of(new LanguageStudy(), config);
    }

    /**
     * The run that learns to continue a text, all else by default.
     *
     * @param sets values of the config, such as {@code train.epochs=20}
     */
    public static Run<LanguageConfig, LanguageEvaluation> run(String data, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path=" + Order.quoted(data)));
        all.addAll(Arrays.asList(sets));
        return run(LanguageConfig.read("defaults", "", all));
    }

    @Override
    public Resolved<LanguageConfig> resolve(Order order) {
        return LanguageConfig.resolve(order.input(), order.text(), order.settings(List.of()));
    }

    @Override
    public Attempt<LanguageEvaluation> attempt(Resolved<LanguageConfig> config, Cache cache) throws IOException {
        return LanguageAttempt.of(config.value(), cache);
    }

    @Override
    public Smoke smoke(Resolved<LanguageConfig> config, Cache cache) throws IOException {
        return LanguageSmoke.run(config.value(), cache);
    }

    @Override
    public Measurement evaluate(Path run, @Nullable String data, Map<String, String> options) throws IOException {
        LanguageEvaluation measured =
                data == null ? LanguageEvaluation.stored(run) : LanguageEvaluation.on(run, new Documents(data));
        return Bars.judge(run, measured, measured.summary(), data == null);
    }

    @Override
    public Map<String, Exporter> exports() {
        return Map.of("huggingface", new HuggingFaceFolder());
    }
}
