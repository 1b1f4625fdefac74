package org.lungo.family.labelling.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.LabelScheme;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.tensor.CorruptFileException;

class FrequentLabelsTest {
    @Test
    void givesKnownTokensTheirUsualLabelAndOthersNone() {
        FrequentLabels labels = of(
                LabelScheme.BIO,
                sentence("Ada Ada Ada Rome in", "B-PER O B-PER B-LOC O"),
                sentence("Rome Paris", "O B-LOC"));
        assertThat(labels.label(List.of(List.of("Ada", "in", "Paris", "Rome", "Oslo"), List.of("ada"))))
                .containsExactly(List.of("B-PER", "O", "B-LOC", "B-LOC", "O"), List.of("O"));
    }

    @Test
    void givesOthersTheMostFrequentLabelWhereNoneMeansNothing() {
        FrequentLabels labels = of(LabelScheme.PLAIN, sentence("the cat sat mat", "DT NN VB NN"));
        assertThat(labels.label(List.of(List.of("the", "dog")))).containsExactly(List.of("DT", "NN"));
    }

    @Test
    void isKeptInARun(@TempDir Path run) throws IOException {
        assertThat(FrequentLabels.load(run)).isNull();
        FrequentLabels labels = of(LabelScheme.BIO, sentence("Rome in Ada", "B-LOC O B-PER"));
        labels.save(run);
        Path file = run.resolve("baseline.json");
        assertThat(file).hasContent("{\"known\":{\"Ada\":\"B-PER\",\"Rome\":\"B-LOC\"},\"otherwise\":\"O\"}");
        assertThat(FrequentLabels.load(run)).isEqualTo(labels);
        Files.writeString(file, "{");
        assertThatThrownBy(() -> FrequentLabels.load(run))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("baseline.json cannot be read: ")
                .hasMessageEndingWith("; restore it from a copy");
    }

    private static FrequentLabels of(LabelScheme scheme, LabelledSentence... sentences) {
        return FrequentLabels.of(new LabelledCorpus(List.of(sentences), scheme, List.of()));
    }

    private static LabelledSentence sentence(String tokens, String labels) {
        return new LabelledSentence(List.of(tokens.split(" ")), List.of(labels.split(" ")));
    }
}
