package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.data.Features;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.json.JsonMapper;

/** What every network for tables must do. */
class TableNetworkTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Inputs INPUTS = new Inputs(2, List.of(3), List.of(new Inputs.Text(9, 4)), 2);
    private static final TableLayers LAYERS = new TableLayers(
            Mlp.Config.DEFAULTS,
            TextLayers.DEFAULTS,
            new BertReader.Layers(Bert.Config.of(11, 16, 2, 3, 30, 0.1), 2, 3, BertReader.Pooling.CLS, 0.1));

    private static Inputs inputs(TableNetwork network) {
        return network.readsTexts() ? INPUTS : new Inputs(2, List.of(3), 2);
    }

    private static Features rows() {
        return new Features(
                Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2),
                Tensor.of(new long[] {0, 2, 1}, 3, 1),
                Tensor.of(new int[] {2, 3, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0}, 3, 4));
    }

    @ParameterizedTest
    @EnumSource
    void isMadeAgainOfWhatIsSaved(TableNetwork network) {
        Architecture shape = network.of(LAYERS);
        assertThat(shape.family()).isEqualTo(network.toString());
        TableLayers loaded = JSON.readValue(JSON.writeValueAsString(shape.saved()), TableLayers.class);
        assertThat(TableNetwork.named(shape.family()).of(loaded)).isEqualTo(shape);
    }

    @ParameterizedTest
    @EnumSource
    void answersEachRowForEachMember(TableNetwork network) {
        try (Scope scope = Scope.inference()) {
            Model model = network.of(LAYERS).build(inputs(network), Random.of(1));
            assertThat(model.forward(rows()).shape()).containsExactly(3L * model.members(), 2);
            assertThat(model.folded().members()).isEqualTo(model.members());
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsWithoutBuilding(TableNetwork network) {
        Architecture shape = network.of(LAYERS);
        Inputs inputs = inputs(network);
        try (Scope scope = Scope.open()) {
            long count = Parameters.of(shape.build(inputs, Random.of(1))).count();
            assertThat(shape.count(inputs)).isEqualTo(count);
        }
        assertThat(shape.keptPerRow(inputs)).isPositive().isFinite();
    }

    @Test
    void refusesWhatIsMissing() {
        TableLayers plain = new TableLayers(Mlp.Config.DEFAULTS, null, null);
        assertThatThrownBy(() -> TableNetwork.TEXT_CNN.of(plain))
                .hasMessage("config.json must hold the layers of text_cnn. Received: none");
        assertThatThrownBy(() -> TableNetwork.BERT.of(plain))
                .hasMessage("config.json must hold the layers of bert. Received: none");
        assertThatThrownBy(() -> new TextModel.Config(TableNetwork.MLP, TextLayers.DEFAULTS, Mlp.Config.DEFAULTS))
                .hasMessage("a network of texts must be one that makes vectors of words. Received: mlp");
        assertThatThrownBy(() -> TableNetwork.named("text_tree"))
                .hasMessage("a family of networks must be one of [mlp, text_cnn, text_rnn, text_bag, bert]. Received:"
                        + " text_tree");
    }
}
