package org.lungo.family.labelling.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Bars;
import org.lungo.experiment.Claim;
import org.lungo.experiment.Experiment;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Order;
import org.lungo.experiment.Study;
import org.lungo.family.labelling.LabelFiles;
import org.lungo.family.labelling.Labelling;

/** Learning to label the tokens of texts. */
public final class LabellingStudy implements Study {
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
                " `family: labelling` says that a config is one of labelling; without it, so does `model.type:"
                        + " tagger`. `lungo check FILE` shows every value and"
                        + " where it comes from. With `model.from` these defaults hold instead: "
                        + LabellingConfig.FILE.otherDefaults(LabellingConfig.TUNING) + ".");
    }

    @Override
    public Experiment experiment(Order order) {
        return LabellingExperiment.of(
                LabellingConfig.resolve(order.input(), order.text(), order.settings(CLAIM.flags())));
    }

    @Override
    public Measurement evaluate(Path run, @Nullable String data, Map<String, String> options) throws IOException {
        LabellingEvaluation measured =
                data == null ? LabellingEvaluation.stored(run) : LabellingEvaluation.on(run, data);
        return Bars.judge(run, measured, measured.summary());
    }
}
