package org.lungo.family.labelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.model.TextLayers;
import org.lungo.nn.Parameters;
import org.lungo.nn.Recurrent;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

class TaggerLayersTest {
    private static final List<String> LABELS = List.of("O", "B-PER", "I-PER");

    @ParameterizedTest
    @CsvSource({"CRF, LSTM, 1, 4", "CRF, GRU, 2, 0", "SOFTMAX, LSTM, 3, 4"})
    void countsWithoutANetwork(TaggerLayers.Head head, Recurrent.Cell cell, int layers, int filters) {
        TaggerLayers shape = new TaggerLayers(
                head, 6, true, new TaggerLayers.Characters(5, filters, 3), new TextLayers.Rnn(cell, 7, layers), 0);
        WordIds ids = WordIds.of(List.of(List.of("Anna", "sings"), List.of("Anna", "walks")), true);
        try (Scope scope = Scope.open()) {
            assertThat(shape.count(ids, LABELS.size()))
                    .isEqualTo(Parameters.of(shape.build(ids, LABELS, false, Random.of(1)))
                            .count());
        }
    }
}
