package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.nn.Parameters;
import org.lungo.optim.Adam;
import org.lungo.optim.Optimizer;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Losses;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class MaskedLanguageModelTest {
    private static final int VOCABULARY = 11;
    private static final int MASK = 10;

    @Test
    void sharesTheTableOfWords() {
        try (Scope scope = Scope.open()) {
            MaskedLanguageModel model = model();
            assertThat(model.head().decoder().weight())
                    .isSameAs(model.bert().embeddings().words().table());
            assertThat(Parameters.of(model).all())
                    .containsKey("head.decoder.bias")
                    .doesNotContainKey("head.decoder.weight");
        }
    }

    /** A masked token can only be predicted from the token after it, so the model must see both sides. */
    @Test
    void learnsFromTheRightWithFlatMemory() {
        try (Scope scope = Scope.open()) {
            MaskedLanguageModel model = model();
            Optimizer optimizer =
                    Adam.Config.DEFAULTS.build(Parameters.of(model).trainable());
            assertThat(loss(model)).isCloseTo(Math.log(VOCABULARY), within(0.05)); // that of guessing
            long live = 0;
            for (int step = 0; step < 100; step++) {
                if (step == 2) {
                    live = Engine.liveTensors();
                }
                try (Scope pass = Scope.training(step)) {
                    optimizer.zeroGradients();
                    task(model).backward();
                    optimizer.step(0.003);
                }
            }
            assertThat(Engine.liveTensors()).isLessThanOrEqualTo(live); // the collector may free what other tests left
            assertThat(loss(model)).isLessThan(0.1);
        }
    }

    private static double loss(MaskedLanguageModel model) {
        try (Scope scope = Scope.inference()) {
            return task(model).item();
        }
    }

    /** Four texts of a masked token and another from 1 to 4, which the masked one equals. */
    private static Tensor task(MaskedLanguageModel model) {
        Tensor tokens = Tensor.of(new long[] {MASK, 1, MASK, 2, MASK, 3, MASK, 4}, 4, 2);
        Tensor hidden = model.bert().hidden(tokens, null, null); // [4, 2, hidden]
        Tensor logits = model.head().forward(hidden.select(1, 0)); // [4, vocabulary]
        Tensor targets = Tensor.of(new long[] {1, 2, 3, 4}, 4);
        return Losses.crossEntropy(logits, targets, null, 0, Losses.Result.MEAN);
    }

    private static MaskedLanguageModel model() {
        return MaskedLanguageModel.build(Bert.Config.of(VOCABULARY, 8, 2, 2, 32, 0), Random.of(1));
    }
}
