package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.data.Features;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
final class TextModelTest {
    private static final Inputs TEXTS =
            new Inputs(0, List.of(), List.of(new Inputs.Text(9, 6), new Inputs.Text(5, 3)), 2);
    private static final Inputs MIXED = new Inputs(2, List.of(3), List.of(new Inputs.Text(9, 6)), 1);
    private static final int[] TOKENS = {
        2, 3, 4, 0, 0, 0, 2, 3, 4, //
        8, 7, 6, 5, 4, 3, 0, 0, 0, // its second text is empty
        0, 0, 0, 0, 0, 0, 1, 0, 0, // its first text is empty
    };

    private static TextModel.Config config(TableNetwork family, int bag) {
        TextLayers layers = new TextLayers(
                4,
                0.2,
                0.1,
                0.3,
                new TextLayers.Cnn(3, List.of(2, 3)),
                new TextLayers.Rnn(TextLayers.Rnn.DEFAULTS.cell(), 3, 2),
                new TextLayers.Bag(bag, 7));
        return new TextModel.Config(family, layers, Mlp.Config.DEFAULTS);
    }

    private static Features texts() {
        return new Features(
                Tensor.zeros(DType.FLOAT32, 3, 0), Tensor.zeros(DType.INT64, 3, 0), Tensor.of(TOKENS, 3, 9));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TEXT_.*")
    void answersEachRowAlone(TableNetwork family) {
        try (Scope scope = Scope.inference()) {
            TextModel model = config(family, 5).build(TEXTS, Random.of(1));
            Tensor together = model.forward(texts());
            assertThat(together.shape()).containsExactly(3, 2);
            for (int row = 0; row < 3; row++) {
                float[] alone = model.forward(texts().narrow(row, 1)).toFloats();
                // float32: another batch is as long as its longest text and adds in another order.
                assertThat(together.narrow(0, row, 1).toFloats()).containsExactly(alone, within(1e-6f));
            }
        }
    }

    /** So long that they are read in several groups, the longest first. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TEXT_.*")
    void readsLongTextsInGroups(TableNetwork family) {
        int rows = 40;
        int length = 1000;
        int[] tokens = new int[rows * length];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < row * 37 % 100 * 10; i++) {
                tokens[row * length + i] = 1 + (row + i) % 8;
            }
        }
        try (Scope scope = Scope.inference()) {
            Inputs inputs = new Inputs(0, List.of(), List.of(new Inputs.Text(9, length)), 1);
            TextModel model = config(family, 5).build(inputs, Random.of(1));
            Features all = new Features(
                    Tensor.zeros(DType.FLOAT32, rows, 0),
                    Tensor.zeros(DType.INT64, rows, 0),
                    Tensor.of(tokens, rows, length));
            float[] together = model.forward(all).toFloats();
            for (int row = 0; row < rows; row++) {
                assertThat(together[row])
                        .isCloseTo((float) model.forward(all.narrow(row, 1)).item(), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TEXT_.*")
    void countsWithoutBuilding(TableNetwork family) {
        try (Scope scope = Scope.open()) {
            for (int bag : family == TableNetwork.TEXT_BAG ? new int[] {5} : new int[] {0, 5}) {
                for (Inputs inputs : List.of(TEXTS, MIXED)) {
                    TextModel.Config config = config(family, bag);
                    assertThat(config.count(inputs))
                            .isEqualTo(Parameters.of(config.build(inputs, Random.of(1)))
                                    .count());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TEXT_.*")
    void readsTextsNextToOtherColumns(TableNetwork family) {
        try (Scope scope = Scope.inference()) {
            TextModel model = config(family, 5).build(MIXED, Random.of(1));
            Features rows = new Features(
                    Tensor.of(new float[] {1, 2, 3, 4}, 2, 2),
                    Tensor.of(new long[] {0, 2}, 2, 1),
                    Tensor.of(new int[] {2, 3, 0, 0, 0, 0, 4, 5, 0, 0, 0, 0}, 2, 6));
            float[] answers = model.forward(rows).toFloats();
            assertThat(model.members()).isEqualTo(8);
            assertThat(answers).hasSize(16);
            assertThat(model.folded().forward(rows).toFloats()).containsExactly(answers, within(1e-5f));
            Features words = new Features(
                    rows.numbers(), rows.categories(), rows.tokens().add(Tensor.ones(DType.INT32, 1)));
            assertThat(model.forward(words).toFloats()).isNotEqualTo(answers);
            Features numbers = new Features(rows.numbers().add(1), rows.categories(), rows.tokens());
            assertThat(model.forward(numbers).toFloats()).isNotEqualTo(answers);
        }
    }

    /** Dropped words depend on the seed of the step alone, and everything that a step makes is freed. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TEXT_.*")
    void trainsTheSameForEqualSeeds(TableNetwork family) {
        try (Scope scope = Scope.open()) {
            TextModel model = config(family, 5).build(TEXTS, Random.of(1));
            float[] first = step(model, 1);
            long before = Engine.liveTensors();
            assertThat(step(model, 1)).isEqualTo(first);
            assertThat(step(model, 2)).isNotEqualTo(first);
            for (int i = 0; i < 20; i++) {
                step(model, i);
            }
            assertThat(Engine.liveTensors())
                    .isLessThanOrEqualTo(before); // the collector may free what other tests left
            for (Map.Entry<String, Tensor> parameter :
                    Parameters.of(model).tensors().entrySet()) {
                assertThat(parameter.getValue().gradient())
                        .as(parameter.getKey())
                        .isNotNull();
            }
        }
    }

    private static float[] step(TextModel model, long seed) {
        try (Scope scope = Scope.training(seed)) {
            Tensor logits = model.forward(texts());
            logits.sum().backward();
            return logits.toFloats();
        }
    }

    @Test
    void refusesWhatCannotBeBuilt() {
        assertThatThrownBy(() -> config(TableNetwork.TEXT_BAG, 0))
                .hasMessage("model.text.bag.embedding must be at least 1 for model.type: text_bag. Received: 0");
        assertThatThrownBy(() -> new TextLayers.Cnn(3, List.of(3, 3)))
                .hasMessage("widths must be one or more different numbers. Received: [3, 3]");
    }
}
