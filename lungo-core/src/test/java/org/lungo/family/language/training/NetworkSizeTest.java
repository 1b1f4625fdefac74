package org.lungo.family.language.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lungo.model.Bert;
import org.lungo.model.Gpt;
import org.lungo.model.Llama;
import org.lungo.model.Lora;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.LowRank;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

class NetworkSizeTest {
    private static final int WINDOWS = 3;
    private static final int CONTEXT = 16;

    @Test
    void isTheSameForANetworkThatWasMade() {
        Gpt.Config gpt = Gpt.Config.of(50, CONTEXT, 2, 4, 24, 0.1);
        Llama.Config llama = new Llama.Config(50, CONTEXT, 2, 24, 64, new Llama.Heads(4, 2, 6), Llama.Details.LLAMA);
        Bert.Config bert = Bert.Config.of(50, 2 * CONTEXT, 2, 4, 24, 0.1);
        try (Scope scope = Scope.open()) {
            isTheSame(NetworkSize.of(gpt), NetworkSize.of(gpt.build(Random.of(1))));
            isTheSame(NetworkSize.of(llama), NetworkSize.of(llama.build(Random.of(1))));
            isTheSame(NetworkSize.of(bert), NetworkSize.of(MaskedLanguageModel.build(bert, Random.of(1))));
        }
    }

    private static void isTheSame(NetworkSize counted, NetworkSize made) {
        assertThat(made.values()).isEqualTo(counted.values());
        assertThat(made.kept().perToken(WINDOWS, CONTEXT))
                .isPositive()
                .isEqualTo(counted.kept().perToken(WINDOWS, CONTEXT));
    }

    /** Two pairs of matrices of rank 3 in each of 2 blocks, for queries of 24 to 24 and values of 24 to 12. */
    @Test
    void countsWhatLoraTrains() {
        Llama.Config llama = new Llama.Config(50, CONTEXT, 2, 24, 64, new Llama.Heads(4, 2, 6), Llama.Details.LLAMA);
        try (Scope scope = Scope.open()) {
            NetworkSize adapted = NetworkSize.of(new Lora(new LowRank.Config(3, 6, 0), Set.of("query", "value"))
                    .adapt(llama.build(Random.of(1)), Random.of(2)));
            double trained = 2 * 3 * ((24 + 24) + (24 + 12));
            assertThat(adapted.values().trained()).isEqualTo(trained);
            assertThat(adapted.values().all()).isEqualTo(llama.count() + trained);
        }
    }
}
