package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Bars;
import org.lungo.experiment.Claim;
import org.lungo.experiment.Experiment;
import org.lungo.experiment.Exporter;
import org.lungo.experiment.Order;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.Setting;
import org.lungo.family.language.Language;

/** Learning to write texts, and to read them. */
public final class LanguageStudy implements Study {
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
                " `family: language` says that a config is one of a language model; without it, so does a"
                        + " `model.type` of `gpt2`, `llama` or `bert` where there is no `target`. For `bert` these defaults hold instead: "
                        + LanguageConfig.FILE.otherDefaults(LanguageConfig.BERT) + ".");
    }

    @Override
    public Experiment experiment(Order order) {
        return LanguageExperiment.of(LanguageConfig.resolve(order.input(), order.text(), order.settings(List.of())));
    }

    @Override
    public Measurement evaluate(Path run, @Nullable String data, Map<String, String> options) throws IOException {
        LanguageEvaluation measured =
                data == null ? LanguageEvaluation.stored(run) : LanguageEvaluation.on(run, new Documents(data));
        return Bars.judge(run, measured, measured.summary());
    }

    @Override
    public Map<String, Exporter> exports() {
        return Map.of("huggingface", new HuggingFaceFolder());
    }
}
