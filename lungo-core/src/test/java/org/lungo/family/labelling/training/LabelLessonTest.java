package org.lungo.family.labelling.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.LabelScheme;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.family.labelling.Tagger;
import org.lungo.family.labelling.TaggerLayers;
import org.lungo.model.TextLayers;
import org.lungo.nn.Parameters;
import org.lungo.nn.Recurrent;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Checkpoints;
import org.lungo.train.Lesson;
import org.lungo.train.Listener;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

class LabelLessonTest {
    private static final LabelledCorpus CORPUS = corpus(
            "I/O saw/O Rome/B-LOC",
            "Ada/B-PER Love/I-PER left/O",
            "Rome/B-LOC",
            "Ada/B-PER saw/O New/B-LOC York/I-LOC today/O");

    @TempDir
    private Path folder;

    @Test
    void theLossIsThatOfTheTokensOfEachSentenceAlone() {
        for (TaggerLayers.Head head : TaggerLayers.Head.values()) {
            try (Scope scope = Scope.open()) {
                Tagger model = model(head, 0);
                LabelLesson lesson = lesson(model, 8);
                double sum = 0;
                for (LabelledSentence sentence : CORPUS.sentences()) {
                    sum += head == TaggerLayers.Head.CRF ? sequence(model, sentence) : each(model, sentence);
                }
                double loss = lesson.validate(Mode.INFERENCE).loss();
                assertThat(loss).isCloseTo(sum / 12, within(1e-5)); // float32 in another order
                assertThat(lesson.examples()).isEqualTo(12);
                double trained = 0;
                try (Scope pass = Scope.inference()) {
                    Lesson.Epoch epoch = lesson.epoch(1, Random.of(3));
                    for (int i = 0; i < lesson.batches(); i++) {
                        Lesson.Outcome outcome = epoch.batch(i);
                        trained += outcome.loss().item() * outcome.examples();
                    }
                }
                assertThat(lesson.batches()).isGreaterThan(1);
                assertThat(trained / 12).isCloseTo(loss, within(1e-5));
            }
        }
    }

    private static double sequence(Tagger model, LabelledSentence sentence) {
        try (Scope scope = Scope.inference()) {
            long[] labels = sentence.labels().stream()
                    .mapToLong(model.labels()::indexOf)
                    .toArray();
            return -Objects.requireNonNull(model.field())
                    .logLikelihood(
                            model.emissions(List.of(sentence.tokens())),
                            Tensor.of(labels, 1, labels.length),
                            Tensor.of(new long[] {labels.length}, 1))
                    .item();
        }
    }

    private static double each(Tagger model, LabelledSentence sentence) {
        try (Scope scope = Scope.inference()) {
            double[] probabilities =
                    model.emissions(List.of(sentence.tokens())).logSoftmax(2).toDoubles();
            double sum = 0;
            for (int i = 0; i < sentence.length(); i++) {
                sum -= probabilities[
                        i * model.labels().size()
                                + model.labels().indexOf(sentence.labels().get(i))];
            }
            return sum;
        }
    }

    @Test
    void learnsASmallCorpusByHeart() {
        for (TaggerLayers.Head head : TaggerLayers.Head.values()) {
            try (Scope scope = Scope.open()) {
                Tagger model = model(head, 0);
                TrainingState state = new Trainer(lesson(model, 64), config(60), Random.of(1)).fit(null, Listener.NONE);
                assertThat(state.best()).isEqualTo(1); // F1
                List<List<String>> tokens = CORPUS.sentences().stream()
                        .map(LabelledSentence::tokens)
                        .toList();
                assertThat(model.label(tokens))
                        .isEqualTo(CORPUS.sentences().stream()
                                .map(LabelledSentence::labels)
                                .toList());
            }
        }
    }

    @Test
    void labelsThatAreNotKnownCountForTheMetricsAlone() {
        try (Scope scope = Scope.open()) {
            Tagger model = model(TaggerLayers.Head.CRF, 0);
            double known = LabelLesson.of(model, CORPUS, corpus("Rome/B-LOC left/O"), 64, 0)
                    .validate(Mode.INFERENCE)
                    .loss();
            LabelledCorpus other = corpus("Ada/B-GOD left/O", "Rome/B-LOC left/O");
            Lesson.Validation validation =
                    LabelLesson.of(model, CORPUS, other, 64, 0).validate(Mode.INFERENCE);
            assertThat(validation.loss()).isCloseTo(known, within(1e-6));
            assertThat(validation.metrics().get("recall")).isLessThanOrEqualTo(0.5);
        }
    }

    @Test
    void resumesBitForBit() {
        Map<String, double[]> whole = weights(4, null);
        Checkpoints checkpoints = new Checkpoints(folder);
        weights(2, checkpoints);
        Map<String, double[]> resumed = weights(4, checkpoints);
        assertThat(resumed.keySet()).isEqualTo(whole.keySet());
        whole.forEach((name, values) -> assertThat(resumed.get(name)).as(name).isEqualTo(values));
    }

    private static Map<String, double[]> weights(int epochs, @Nullable Checkpoints checkpoints) {
        try (Scope scope = Scope.open()) {
            Tagger model = model(TaggerLayers.Head.CRF, 0.3);
            new Trainer(lesson(model, 8), config(epochs), Random.of(1)).fit(checkpoints, Listener.NONE);
            Map<String, double[]> values = new LinkedHashMap<>();
            Parameters.of(model).tensors().forEach((name, tensor) -> values.put(name, tensor.toDoubles()));
            return values;
        }
    }

    private static LabelLesson lesson(Tagger model, int batchTokens) {
        return LabelLesson.of(model, CORPUS, CORPUS, batchTokens, 0);
    }

    private static Tagger model(TaggerLayers.Head head, double dropout) {
        List<List<String>> tokens =
                CORPUS.sentences().stream().map(LabelledSentence::tokens).toList();
        TaggerLayers layers = new TaggerLayers(
                head,
                8,
                true,
                new TaggerLayers.Characters(4, 4, 3),
                new TextLayers.Rnn(Recurrent.Cell.LSTM, 8, 1),
                dropout);
        return layers.build(WordIds.of(tokens, true), CORPUS.labels(), false, Random.of(7));
    }

    private static LabelledCorpus corpus(String... sentences) {
        List<LabelledSentence> read = new ArrayList<>();
        for (String sentence : sentences) {
            List<String[]> pairs = List.of(sentence.split(" ")).stream()
                    .map(pair -> pair.split("/"))
                    .toList();
            read.add(new LabelledSentence(
                    pairs.stream().map(pair -> pair[0]).toList(),
                    pairs.stream().map(pair -> pair[1]).toList()));
        }
        return new LabelledCorpus(read, LabelScheme.BIO, List.of());
    }

    private static TrainConfig config(int epochs) {
        return new TrainConfig(
                epochs,
                new TrainConfig.Rate(0.03, ScheduleConfig.DEFAULTS),
                OptimizerChoice.DEFAULTS,
                new TrainConfig.EarlyStop("val_f1", 0, 0),
                TrainConfig.More.DEFAULTS);
    }
}
