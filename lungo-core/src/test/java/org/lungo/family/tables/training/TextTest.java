package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.data.DataException;
import org.lungo.data.Source;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Look;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.experiment.config.ConfigException;
import org.lungo.family.tables.BatchJob;
import org.lungo.family.tables.BatchPrediction;
import org.lungo.family.tables.Prediction;
import org.lungo.family.tables.Predictor;
import org.lungo.family.tables.TableBundle;
import org.lungo.family.tables.onnx.OnnxModel;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;

/** Tables with texts, from the file to the answers. */
class TextTest {
    private static final String[] GOOD = {
        "lovely clean room and kind staff", "房间很大，服务非常好，下次还来", "we liked the fine breakfast"
    };
    private static final String[] BAD = {
        "dirty noisy room and rude staff", "房间又小又脏，服务非常差，再也不来", "we hated the cold breakfast"
    };
    private static final String[] SMALL = {
        "train.epochs=40",
        "train.learning_rate=0.01",
        "model.text.embedding=16",
        "model.text.cnn.filters=8",
        "model.text.rnn.hidden=8",
        "model.text.bag.embedding=8",
        "model.text.bag.pairs=1000"
    };

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path csv;
    private static Predictor predictor;
    private static Outcome<Evaluation> result;

    @BeforeAll
    static void train() throws IOException {
        csv = Files.writeString(shared.resolve("reviews.csv"), rows(240));
        result = experiment(csv).into(shared.resolve("run"), Listener.NONE);
        predictor = Predictor.load(shared.resolve("run"));
    }

    private static Run<TableConfig, Evaluation> experiment(Path data, String... sets) {
        String[] all = java.util.stream.Stream.of(SMALL, sets)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
        return TableStudy.run(data.toString(), "label", all);
    }

    @Test
    void aFolderOfTextsIsATableWithItsFoldersAsLabels() throws IOException {
        for (int i = 0; i < 60; i++) {
            String[] from = i % 2 == 0 ? GOOD : BAD;
            Path file = folder.resolve((i % 2 == 0 ? "texts/good/" : "texts/bad/") + i + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, i == 7 ? "" : from[i / 2 % from.length]);
        }
        Path texts = folder.resolve("texts");
        Path run = folder.resolve("run");
        Outcome<Evaluation> trained = experiment(
                        texts,
                        "model.type=text_bag",
                        "data.test=" + texts,
                        "train.augment.words.swap=0.1",
                        "train.augment.mixup=0.2")
                .into(run, Listener.NONE);
        assertThat(trained.evaluation().metrics().get("accuracy")).isGreaterThan(0.9);
        assertThat(Reevaluation.on(run, texts.toString()).evaluation().metrics().get("accuracy"))
                .isEqualTo(trained.evaluation().metrics().get("accuracy"));
        Predictor loaded = Predictor.load(run);
        assertThat(loaded.features().names()).containsExactly("text");
        BatchJob job = new BatchJob(
                Source.of(texts.resolve("good").toString()),
                BatchOutput.file(folder.resolve("out.csv")),
                List.of("file"),
                new BatchOrder.Going(0, BatchOrder.PART_ROWS, false),
                BatchOrder.UNLIMITED,
                true);
        BatchPrediction.run(loaded, job, BatchListener.NONE);
        assertThat(Files.readAllLines(folder.resolve("out.csv")))
                .hasSize(31)
                .element(1)
                .asString()
                .startsWith("1,0.txt,good,");
        BatchJob among = BatchJob.of(texts.toString(), texts.resolve("out.csv"));
        assertThatThrownBy(() -> BatchPrediction.run(loaded, among, BatchListener.NONE))
                .hasMessageContaining("the output must not be among the inputs");
    }

    private static String rows(int count) {
        StringBuilder text = new StringBuilder("stars,review,label\n");
        for (int row = 0; row < count; row++) {
            String[] from = row % 2 == 0 ? GOOD : BAD;
            text.append(row * 7 % 5)
                    .append(",\"")
                    .append(from[row / 2 % from.length])
                    .append(" in number ")
                    .append(row * 31 % 1009)
                    .append("\",")
                    .append(row % 2 == 0 ? "good\n" : "bad\n");
        }
        return text.toString();
    }

    private static Prediction answer(String text) {
        return predictor.predict(Map.of("stars", 3, "review", text));
    }

    @Test
    void learnsFromTextNextToNumbers() {
        assertThat(result.evaluation().metrics().get("accuracy")).isEqualTo(1);
        assertThat(result.notes()).noneMatch(note -> note.contains("is text"));
        assertThat(shared.resolve("run/report.html")).content().contains("review");
    }

    @Test
    void measuresWhatATextIsWorth() throws IOException {
        String importance = Files.readString(shared.resolve("run/importance.json"));
        assertThat(importance.indexOf("review")).isPositive().isLessThan(importance.indexOf("stars"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text_cnn", "text_rnn", "text_bag"})
    void everyFamilyIsSavedAndLoaded(String family) throws IOException {
        Path run = folder.resolve("run");
        Outcome<Evaluation> trained = experiment(csv, "model.type=" + family, "evaluate.folds=2", "train.epochs=25")
                .into(run, Listener.NONE);
        assertThat(trained.evaluation().metrics().get("accuracy")).isGreaterThan(0.95);
        assertThat(trained.folds().mean().get("accuracy")).isGreaterThan(0.9);
        assertThat(run.resolve("model/config.json")).content().contains("\"" + family + "\"");
        assertThat(Predictor.load(run)
                        .predict(Map.of("review", "lovely kind staff"))
                        .label())
                .isEqualTo("good");
        assertThat(Reevaluation.on(run, csv.toString()).evaluation().metrics().get("accuracy"))
                .isGreaterThan(0.95);
    }

    @Test
    void answersForAnyText() throws IOException {
        double empty = answer("").probabilities().get("good");
        assertThat(predictor
                        .predict(Collections.singletonMap("stars", 3))
                        .probabilities()
                        .get("good"))
                .isEqualTo(empty);
        assertThat(answer("\uFFFD\u0000 ").probabilities().get("good")).isEqualTo(empty);
        for (String text : List.of("?!", "...", "zzz qqq", "\uD800", "😀", "<br/>")) {
            assertThat(answer(text).probabilities().get("good")).isBetween(0.0, 1.0);
        }
        assertThat(answer("room 非常好 lovely 服务 kind").label()).isEqualTo("good");
        assertThat(answer("room 非常差 dirty 服务 rude").label()).isEqualTo("bad");
    }

    @Test
    void readsTheBeginningOfADocumentOfTenMegabytes() {
        String document = "dirty noisy room and rude staff ".repeat(330_000);
        long start = System.nanoTime();
        assertThat(answer(document).label()).isEqualTo("bad");
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
    }

    @Test
    void trainsOnEmptyAndVeryLongTexts() throws IOException {
        String long_ = "lovely clean room ".repeat(40_000);
        Path data = Files.writeString(
                folder.resolve("long.csv"), rows(60) + "1,,good\n2,\"?\",bad\n3,\"" + long_ + "\",good\n");
        Outcome<Evaluation> trained = experiment(
                        data, "train.epochs=2", "features.review=text", "preprocess.text.whole=1")
                .into(folder.resolve("run"), Listener.NONE);
        assertThat(trained.notes().stream().filter(note -> note.startsWith("of 'review'")))
                .allSatisfy(note -> assertThat(note)
                        .startsWith("of 'review' the first 512 words are read; ")
                        .contains("preprocess.text.max_tokens"));
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(rows(60).getBytes(StandardCharsets.UTF_8));
        bytes.write("1,\"caf\u00e9 was fine for us\",good\n".getBytes(StandardCharsets.ISO_8859_1));
        Path data = Files.write(folder.resolve("latin.csv"), bytes.toByteArray());
        assertThatThrownBy(() -> experiment(data).look())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("encoding");
    }

    @Test
    void leavesTextsOutForAModelThatReadsNone() throws IOException {
        Look look = experiment(csv, "model.type=mlp").look();
        assertThat(look.toText()).contains("'review' is text, which model.type: mlp does not read", "mlp, ");
        assertThat(experiment(csv).look().toText()).contains("tokens, up to ", "text_cnn, ");
    }

    @Test
    void refusesAFamilyOfTextsWithoutATextAndALabelThatWasNeverSeen() throws IOException {
        Path data = Files.writeString(folder.resolve("a.csv"), "x,label\n1,a\n2,b\n3,a\n4,b\n5,a\n9,b\n");
        assertThatThrownBy(() -> experiment(data, "model.type=text_rnn").look())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.type must be mlp, as no column is text");
        Path other = Files.writeString(folder.resolve("b.csv"), rows(6) + "1,\"some words are here now\",neutral\n");
        assertThatThrownBy(() -> Reevaluation.on(shared.resolve("run"), other.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("neutral");
    }

    @Test
    void isNotExportedToOnnxYet() throws IOException {
        try (Scope scope = Scope.open()) {
            TableBundle bundle = TableBundle.load(shared.resolve("run/model"));
            assertThatThrownBy(() -> OnnxModel.of(bundle))
                    .hasMessage("an ONNX file cannot hold a network that reads texts; serve or predict with the run"
                            + " itself. Received: a model of the texts review");
        }
    }

    @Test
    void learnsABatchByHeart() throws IOException {
        for (String family : List.of("text_cnn", "text_bag")) {
            assertThat(experiment(csv, "model.type=" + family).smoke().passed())
                    .as(family)
                    .isTrue();
        }
    }
}
