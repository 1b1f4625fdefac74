package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.text.BertBundle;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.experiment.Smoke;
import org.lungo.experiment.config.ConfigException;
import org.lungo.family.tables.Prediction;
import org.lungo.family.tables.Predictor;
import org.lungo.model.Bert;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;

class BertFineTuningTest {
    private static final List<String> GOOD = List.of("good", "lovely", "wonderful", "喜欢");
    private static final List<String> BAD = List.of("bad", "awful", "terrible", "差劲");
    private static final List<String> THINGS = List.of("phone", "lamp", "chair", "book", "kettle");

    @TempDir
    private static Path folder;

    private static Path pretrained;

    /** A BERT that was not trained at all: what is learned here is learned from the table. */
    @BeforeAll
    static void pretrain() throws IOException {
        String words = String.join(" ", GOOD) + " " + String.join(" ", BAD) + " " + String.join(" ", THINGS)
                + " a the was is it same other ";
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 300)
                .withLowercase()
                .train(List.of(words.repeat(3)).iterator());
        pretrained = folder.resolve("pretrained");
        try (Scope scope = Scope.open()) {
            MaskedLanguageModel model =
                    MaskedLanguageModel.build(Bert.Config.of(tokenizer.size(), 16, 1, 2, 16, 0), Random.of(1));
            new BertBundle(model.bert(), model.head(), tokenizer).save(pretrained);
        }
    }

    @Test
    void learnsWhatATextSaysNextToOtherColumns() throws IOException {
        StringBuilder csv = new StringBuilder("text,price,label\n");
        for (int i = 0; i < 240; i++) {
            List<String> words = i % 2 == 0 ? GOOD : BAD;
            csv.append(String.format(
                    "The %s was %s,%d,%s%n",
                    THINGS.get(i % 5), words.get(i / 2 % 4), i * 7 % 90, i % 2 == 0 ? "yes" : "no"));
        }
        Path data = Files.writeString(folder.resolve("reviews.csv"), csv);
        Path from = copy("own");
        Path run = folder.resolve("run");
        Outcome<Evaluation> result = experiment(data, "label", from).into(run, Listener.NONE);
        assertThat(result.evaluation().metrics().get("accuracy")).isGreaterThan(0.9);
        Files.move(from, folder.resolve("elsewhere")); // a bundle stands alone
        Predictor predictor = Predictor.load(run);
        Prediction good = predictor.predict(Map.of("text", "The chair was <b>LOVELY</b>", "price", "10"));
        Prediction bad = predictor.predict(Map.of("text", "The chair was awful", "price", "10"));
        assertThat(good.label()).isEqualTo("yes");
        assertThat(bad.label()).isEqualTo("no");
        assertThat(Reevaluation.on(run, data.toString()).metrics().get("accuracy"))
                .isGreaterThan(0.9);
        assertThat(Files.readString(run.resolve("model/preprocess.json"))).contains("\"subwords\"");
    }

    /** A pair is another than its two texts the other way round. */
    @Test
    void readsTwoColumnsAsAPair() throws IOException {
        StringBuilder csv = new StringBuilder("first,second,same\n");
        for (int i = 0; i < 60; i++) {
            csv.append(String.format("the %s is,a %s,%d%n", THINGS.get(i % 5), THINGS.get(i / 5 % 5), i % 2));
        }
        Path data = Files.writeString(folder.resolve("pairs.csv"), csv);
        Path run = folder.resolve("pairs");
        TableStudy.run(
                        data.toString(),
                        "same",
                        "model.type=bert",
                        "model.from=" + pretrained,
                        "model.bert.pooling=mean",
                        "features.first=text",
                        "features.second=text",
                        "train.epochs=1")
                .into(run, Listener.NONE);
        Predictor predictor = Predictor.load(run);
        Map<String, String> row = Map.of("first", "the book is", "second", "a lamp");
        Map<String, String> turned = Map.of("first", "a lamp", "second", "the book is");
        assertThat(predictor.predict(row).probabilities())
                .isNotEqualTo(predictor.predict(turned).probabilities());
    }

    @Test
    void trainsAsThePaperUnlessTheConfigSaysOtherwise() {
        TableConfig config = TableConfig.read(
                        "a.yaml",
                        "data: a.csv\ntarget: y\nmodel: {type: bert, from: b}\ntrain: {epochs: 4}\n",
                        List.of())
                .value();
        assertThat(config.train().rate().learningRate()).isEqualTo(5e-5);
        assertThat(config.train().batchSize()).isEqualTo(32);
        assertThat(config.train().epochs()).isEqualTo(4);
        assertThat(config.model().bert()).isEqualTo(ModelChoice.Vector.DEFAULTS);
        assertThat(TableConfig.read("a.yaml", "data: a.csv\ntarget: y\n", List.of())
                        .value()
                        .train())
                .isEqualTo(TableConfig.DEFAULTS.train());
    }

    @Test
    void saysWhatItNeeds() throws IOException {
        assertThatThrownBy(() -> TableStudy.run("a.csv", "y", "model.type=bert"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("name with model.from a run of lungo train corpus.txt --set model.type=bert, or a"
                        + " folder of Hugging Face's. Received: model.from: null");
        assertThatThrownBy(() -> TableStudy.run("a.csv", "y", "model.from=b"))
                .hasMessageContaining("model.from is for model.type bert; set that, too. Received: type: null");
        Path data = Files.writeString(folder.resolve("few.csv"), "text,y\n" + "a b c d e,1\nf g h,0\n".repeat(20));
        assertThatThrownBy(() -> experiment(data, "y", folder).into(folder.resolve("none"), Listener.NONE))
                .hasMessage("model.from must name a run of a BERT, or a folder of Hugging Face's with one. Received: "
                        + folder);
    }

    @Test
    void itsPartsFitTogether() throws IOException {
        Path data = Files.writeString(
                folder.resolve("smoke.csv"), "text,y\n" + "good lamp a,1\nbad lamp the,0\n".repeat(30));
        Smoke smoke = experiment(data, "y", pretrained).smoke();
        assertThat(smoke.difference()).isLessThan(1e-5);
    }

    private static Run<TableConfig, Evaluation> experiment(Path data, String target, Path from) {
        List<String> sets = new ArrayList<>(List.of(
                "model.type=bert",
                "model.from=" + from,
                "features.text=text",
                "train.epochs=12",
                "train.batch_size=16",
                "train.learning_rate=0.005"));
        return TableStudy.run(data.toString(), target, sets.toArray(String[]::new));
    }

    private static Path copy(String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(pretrained.resolve(file), to.resolve(file));
        }
        return to;
    }
}
