package org.lungo.family.labelling.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Family;
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
import org.lungo.experiment.config.Setting;
import org.lungo.family.labelling.LabelFiles;
import org.lungo.family.labelling.Labelling;
import org.lungo.tensor.Check;

/** Learning to label the tokens of texts. */
public final class LabellingStudy implements Study<LabellingConfig, LabellingEvaluation> {
    private static final Claim CLAIM = new Claim(
            List.of(Flag.of("--test", "DATA", "Sentences to test on; else a part is held out.", false, "data.test")),
            List.of(LabellingConfig.Type.TAGGER.toString()),
            order -> order.config() == null
                    ? LabelFiles.areMeant(order.input())
                    : LabellingConfig.isMeant(order.input(), order.config()),
            Map.of("--query", "labelled sentences are files; --query is for a jdbc: address"));

    @Override
    public Family family() {
        return new Labelling();
    }

    @Override
    public Claim claim() {
        return CLAIM;
    }

    @Override
    public Reference reference() {
        return new Reference(
                LabellingConfig.FILE,
                "Lungo labelling",
                ": labelling tokens",
                " `family: labelling` marks a config for labelling; so does `model.type: tagger`. `lungo check FILE`"
                        + " shows every value and where it comes from. With `model.from` these defaults apply instead: "
                        + LabellingConfig.FILE.otherDefaults(LabellingConfig.TUNING) + ".");
    }

    /** The run of a config. */
    public static Run<LabellingConfig, LabellingEvaluation> run(Resolved<LabellingConfig> config) {
        return Run.of(new LabellingStudy(), config);
    }

    /**
     * The run that learns to label tokens as those of a file are labelled, all else by default.
     *
     * @param sets values of the config, such as {@code train.epochs=20}
     */
    public static Run<LabellingConfig, LabellingEvaluation> run(String data, String... sets) {
        List<Setting> all = new ArrayList<>(List.of(Setting.of("data.path=" + Order.quoted(data))));
        Arrays.stream(sets).map(Setting::of).forEach(all::add);
        return run(LabellingConfig.resolve("defaults", "", all));
    }

    @Override
    public Resolved<LabellingConfig> resolve(Order order) {
        return LabellingConfig.resolve(order.input(), order.text(), order.settings(CLAIM.flags()));
    }

    @Override
    public Attempt<LabellingEvaluation> attempt(Resolved<LabellingConfig> config, Cache cache) throws IOException {
        LabellingConfig value = config.value();
        Check.that(!value.data().path().isEmpty(), "data.path must say where the sentences are", "nothing");
        return LabellingAttempt.of(value);
    }

    @Override
    public Smoke smoke(Resolved<LabellingConfig> config, Cache cache) throws IOException {
        return LabellingSmoke.run(config.value(), cache);
    }

    @Override
    public Measurement evaluate(Path run, @Nullable String data, Map<String, String> options) throws IOException {
        LabellingEvaluation measured =
                data == null ? LabellingEvaluation.stored(run) : LabellingEvaluation.on(run, data);
        return Bars.judge(run, measured, measured.summary(), data == null);
    }
}
