package org.lungo.family.language.training;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.experiment.Look;
import org.lungo.experiment.Look.Line;
import org.lungo.experiment.TrainingMemory;
import org.lungo.preprocess.tokenizer.TokenFile;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.train.TokenLoss;

/** What is found in a text before a language model is built or trained. */
final class LanguageLook {
    private static final TrainingMemory.Smaller SMALLER = new TrainingMemory.Smaller(
            "model.hidden or model.layers", "train.batch_size, model.context or model.hidden");

    private LanguageLook() {}

    /** @param start the model that training begins with; null for a new one */
    static Look of(LanguageConfig config, Tokenizer tokenizer, TokenFile tokens, @Nullable LanguageTask start) {
        LanguageConfig.Model model = config.model();
        int vocabulary = tokenizer.size();
        NetworkSize network = start == null ? new Network(model, vocabulary).size() : start.size();
        TrainingMemory.Size size = network.values();
        double batch = (double) config.train().batchSize() * model.context();
        double kept = batch * network.kept().perToken(config.train().batchSize(), model.context())
                + TokenLoss.kept(batch, vocabulary);
        return new Look(
                Map.of(),
                List.of(
                        Line.of(
                                "text",
                                "%,d tokens of %,d different ones, %,d characters; the last %s is validated on",
                                tokens.tokens(),
                                vocabulary,
                                tokens.characters(),
                                config.data().validation()),
                        Line.of(
                                "model",
                                "%s, %,.0f parameters%s",
                                model.type(),
                                size.all(),
                                size.trained() == size.all()
                                        ? ""
                                        : String.format(
                                                java.util.Locale.ROOT, ", %,.0f of them trained", size.trained()))),
                List.of(),
                TrainingMemory.of(0, size, kept, SMALLER));
    }
}
