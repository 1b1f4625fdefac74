package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.loss.CrossEntropy;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Against the cross-entropy of all logits at once. */
@ExtendWith(DirtyMemory.class)
final class TokenLossTest {
    private static final int VOCABULARY = 9000;

    @Test
    void looksAtSomeTokensAtATimeWhereTheirLogitsAreManyAndGivesTheSame() {
        compare(1100, 3); // 512 + 512 + 76 tokens
    }

    @Test
    void looksAtAllTokensTogetherWhereTheirLogitsAreFew() {
        compare(100, 1);
    }

    @Test
    void givesTheLossOfEachTokenAndTheSameMean() {
        for (int tokens : List.of(100, 1100)) {
            try (Scope scope = Scope.open()) {
                Tensor hidden = wave(0.37, tokens, 4);
                Tensor table = wave(0.91, VOCABULARY, 4);
                Tensor targets = Tensor.arange(tokens);
                TokenLoss loss = new TokenLoss(rows -> rows.linear(table, null), () -> List.of(table), VOCABULARY, 0);
                double[] each = new double[tokens];
                double mean = loss.of(hidden, targets, found -> System.arraycopy(found, 0, each, 0, tokens))
                        .item();
                assertThat(mean).isEqualTo(loss.of(hidden, targets).item());
                assertThat(Arrays.stream(each).average().orElseThrow()).isEqualTo(mean, within(1e-5));
                double[] last = hidden.linear(table, null)
                        .narrow(0, tokens - 1, 1)
                        .logSoftmax(1)
                        .toDoubles();
                assertThat(each[tokens - 1]).isEqualTo(-last[tokens - 1], within(1e-5));
            }
        }
    }

    private static void compare(int tokens, int expectedCalls) {
        try (Scope scope = Scope.training(1)) {
            Tensor hidden = wave(0.37, tokens, 4).requireGradient();
            Tensor table = wave(0.91, VOCABULARY, 4).requireGradient();
            Tensor targets = Tensor.arange(tokens);
            AtomicInteger calls = new AtomicInteger();
            TokenLoss loss = new TokenLoss(
                    rows -> {
                        calls.incrementAndGet();
                        return rows.linear(table, null);
                    },
                    () -> List.of(table),
                    VOCABULARY,
                    0.1);
            Tensor some = loss.of(hidden, targets);
            some.backward();
            assertThat(calls).hasValue(expectedCalls);
            float[] ofHidden = hidden.gradient().toFloats();
            float[] ofTable = table.gradient().toFloats();
            hidden.clearGradient();
            table.clearGradient();
            Tensor all = new CrossEntropy(null, 0.1).of(hidden.linear(table, null), targets);
            all.backward();
            assertThat(some.item()).isEqualTo(all.item(), within(1e-5));
            assertThat(ofHidden).containsExactly(hidden.gradient().toFloats(), within(1e-7f));
            assertThat(ofTable).containsExactly(table.gradient().toFloats(), within(1e-7f));
        }
    }

    private static Tensor wave(double step, long rows, long width) {
        return Tensor.arange(rows * width)
                .to(DType.FLOAT32)
                .mul(step)
                .sin()
                .mul(3)
                .reshape(rows, width);
    }
}
