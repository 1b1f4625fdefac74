package org.lungo.family.language.training;

import org.lungo.model.Bert;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.tensor.Random;

/** The new network that a config describes, which need not be made to know its size. */
record Network(LanguageConfig.Model model, int vocabulary) {
    /** A freshly initialised network that writes; its parameters live in the scope that is open now. */
    LanguageModel writer(Random random) {
        return model.type() == LanguageConfig.Type.LLAMA ? llama().build(random) : gpt().build(random);
    }

    /** A freshly initialised network that reads; its parameters live in the scope that is open now. */
    MaskedLanguageModel reader(Random random) {
        return MaskedLanguageModel.build(bert(), random);
    }

    private Gpt.Config gpt() {
        return Gpt.Config.of(
                vocabulary, model.context(), model.layers(), model.heads(), model.hidden(), model.dropout());
    }

    private Llama.Config llama() {
        int hidden = model.hidden();
        return new Llama.Config(
                vocabulary,
                model.context(),
                model.layers(),
                hidden,
                inner(hidden),
                new Llama.Heads(model.heads(), model.heads(), hidden / model.heads()),
                Llama.Details.LLAMA);
    }

    /** Eight thirds of the width, so that three matrices have as many weights as GPT-2's two; a multiple of 32. */
    private static int inner(int hidden) {
        return (8 * hidden / 3 + 31) / 32 * 32;
    }

    private Bert.Config bert() {
        return Bert.Config.of(
                vocabulary, model.context(), model.layers(), model.heads(), model.hidden(), model.dropout());
    }

    /** Its size, without making it. */
    NetworkSize size() {
        return switch (model.type()) {
            case GPT2 -> NetworkSize.of(gpt());
            case LLAMA -> NetworkSize.of(llama());
            case BERT -> NetworkSize.of(bert());
        };
    }
}
