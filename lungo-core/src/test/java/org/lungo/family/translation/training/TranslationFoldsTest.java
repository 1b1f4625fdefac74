package org.lungo.family.translation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.evaluate.CrossValidation;
import org.lungo.experiment.Folds;
import org.lungo.experiment.Outcome;
import org.lungo.family.translation.Translator;
import org.lungo.train.Listener;

class TranslationFoldsTest {
    private static final int PAIRS = 40;
    private static final List<String> GERMAN = List.of("ein Hund", "eine Katze", "das Kind", "der Mann");
    private static final List<String> ENGLISH = List.of("a dog", "a cat", "the child", "the man");

    @TempDir
    private Path folder;

    private static List<String> lines(List<String> subjects, String verb) {
        return IntStream.range(0, PAIRS)
                .mapToObj(i -> subjects.get(i % 4) + " " + verb + " " + i)
                .toList();
    }

    private String write(String name, List<String> lines, int... places) throws IOException {
        List<String> chosen = Arrays.stream(places).mapToObj(lines::get).toList();
        return Files.write(folder.resolve(name), chosen).toString();
    }

    private Outcome<TranslationEvaluation> run(String name, String from, String to, String... more) throws IOException {
        List<String> sets = new java.util.ArrayList<>(List.of(
                "tokenizer.type=char",
                "model.encoder_layers=1",
                "model.decoder_layers=1",
                "model.hidden=16",
                "model.inner=16",
                "model.dropout=0",
                "train.epochs=2",
                "train.batch_tokens=200",
                "train.learning_rate=0.01"));
        sets.addAll(List.of(more));
        return TranslationStudy.run(from, to, sets.toArray(String[]::new)).into(folder.resolve(name), Listener.NONE);
    }

    /** The first fold by a run of its own, on files with its pairs. */
    @Test
    void aFoldIsARunOnTheOtherPairs() throws IOException {
        List<String> german = lines(GERMAN, "sieht");
        List<String> english = lines(ENGLISH, "sees");
        int[] all = IntStream.range(0, PAIRS).toArray();
        String from = write("all.de", german, all);
        String to = write("all.en", english, all);
        Outcome<TranslationEvaluation> outcome =
                run("run", from, to, "evaluate.folds=3", "evaluate.gates={val_loss: '<0.001'}");
        CrossValidation folds = Objects.requireNonNull(outcome.folds());
        assertThat(folds.folds()).hasSize(3);
        assertThat(outcome.failures()).hasSize(1);
        assertThat(outcome.toText()).contains("3-fold cross-validation");
        Folds dealt = Folds.of(3, PAIRS, "pairs", "all", 42);
        int[] held = IntStream.range(0, PAIRS)
                .filter(place -> place % 3 == 0)
                .map(place -> dealt.order()[place])
                .sorted()
                .toArray();
        int[] others = IntStream.range(0, PAIRS)
                .filter(place -> Arrays.binarySearch(held, place) < 0)
                .toArray();
        Folds.Parts parts = dealt.dealt(new Folds.Fold(0, held, others), 0.05);
        Outcome<TranslationEvaluation> alone = run(
                "alone",
                write("t.de", german, parts.train()),
                write("t.en", english, parts.train()),
                "data.validation_path='" + write("v.de", german, parts.validation()) + "'",
                "data.validation_to='" + write("v.en", english, parts.validation()) + "'");
        Map<String, Double> metrics = TranslationEvaluation.on(
                        alone.folder(),
                        new ParallelTexts(write("h.de", german, held), null, write("h.en", english, held), "utf-8"),
                        Translator.Settings.DEFAULTS,
                        null)
                .summary()
                .metrics();
        metrics.forEach((name, value) ->
                assertThat(folds.folds().get(0).get(name)).as(name).isCloseTo(value, within(1e-4)));
        assertThat(new TranslationStudy()
                        .evaluate(outcome.folder(), null, Map.of())
                        .folds())
                .isEqualTo(folds);
    }

    @Test
    void tooFewPairsAreRefusedBeforeTraining() throws IOException {
        String from = write("few.de", GERMAN, 0, 1, 2, 3);
        String to = write("few.en", ENGLISH, 0, 1, 2, 3);
        assertThatThrownBy(() -> run("few", from, to, "evaluate.folds=5"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("must have at least 5 pairs for evaluate.folds: 5. Received: 4");
        assertThat(folder.resolve("few")).doesNotExist();
    }
}
