package org.lungo.family.language.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Set;
import org.lungo.model.LanguageModel;
import org.lungo.model.Lora;
import org.lungo.nn.LowRank;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;

/** Low-rank changes of the queries and values: LoRA, Hu et al. 2021, arXiv:2106.09685. */
public record LoraChoice(
        @JsonPropertyDescription("The rank of the low-rank changes; 0 trains all weights.")
        int r,

        @JsonPropertyDescription("The scale of the low-rank changes: they are multiplied by `lora_alpha` / `r`.")
        double loraAlpha,

        @JsonPropertyDescription("The dropout rate of the low-rank changes' inputs in training.")
        double loraDropout) {
    public LoraChoice {
        Check.that(r >= 0, "r must be at least 0", r);
        Check.positive("lora_alpha", loraAlpha);
        Check.that(loraDropout >= 0 && loraDropout < 1, "lora_dropout must be at least 0 and below 1", loraDropout);
    }

    /** {@code model} with changes that can be trained, or as it is. */
    LanguageModel adapt(LanguageModel model, Random random) {
        return r == 0
                ? model
                : new Lora(new LowRank.Config(r, loraAlpha, loraDropout), Set.of("query", "value"))
                        .adapt(model, random);
    }
}
