package org.lungo.family.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.data.LabelScheme;
import org.lungo.deploy.NotFiniteException;
import org.lungo.deploy.ServeConfig;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.Splitting;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

class LabelBundleTest {
    private static final List<List<String>> SENTENCES = List.of(List.of("Ada", "lives", "in", "Rome"));

    /** Labels alone do not show it: some are chosen where all scores are NaN, too. */
    @ParameterizedTest
    @CsvSource({"CRF, head.bias", "SOFTMAX, head.bias", "CRF, field.transitions", "CRF, encoder.words.table"})
    void isNotSavedWithScoresThatAreNotFinite(TaggerLayers.Head head, String diverged, @TempDir Path folder) {
        try (Scope scope = Scope.open()) {
            TaggerLayers usual = TaggerLayers.DEFAULTS;
            TaggerLayers layers = new TaggerLayers(
                    head, usual.embedding(), usual.lowercase(), usual.characters(), usual.rnn(), usual.dropout());
            Tagger model = layers.build(WordIds.of(SENTENCES, false), List.of("O", "B-PER"), false, Random.of(1));
            Tensor weights = Parameters.of(model).tensors().get(diverged);
            weights.copyInPlace(weights.mul(Double.NaN));
            LabelBundle bundle = new LabelBundle(layers, model, LabelScheme.BIO, Splitting.of(SENTENCES), "utf-8");
            Path place = folder.resolve("model");
            assertThatThrownBy(() -> bundle.save(place, SENTENCES, ServeConfig.DEFAULTS))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessageContaining(
                            "must be finite. Received: NaN for the golden sentence [Ada, lives, in, Rome];");
            assertThat(place).doesNotExist();
        }
    }
}
