package org.lungo.family.language.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.Documents;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.experiment.BeforeTrainingContract;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.family.language.TextGenerator;
import org.lungo.model.huggingface.HuggingFace;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;

class BertPretrainingTest implements BeforeTrainingContract {
    private static final String LINE = "One two three four five 六七八九十。\n";

    @TempDir
    private Path folder;

    @Test
    void learnsWhatStandsBetweenWords() throws IOException {
        Path run = folder.resolve("run");
        Outcome<LanguageEvaluation> result = experiment().into(run, Listener.NONE);
        assertThat(result.evaluation().asked()).isEqualTo(LanguageEvaluation.Asked.MASKED);
        assertThat(result.evaluation().loss())
                .as("a model of frequencies has 2.4")
                .isLessThan(1.9);
        assertThat(result.evaluation().yardstick().baseline().get("val_loss"))
                .as("the entropy of the words")
                .isCloseTo(2.4, within(0.1));
        assertThat(result.evaluation().yardstick().intervals()).containsOnlyKeys("val_loss", "perplexity");
        assertThat(result.evaluation().trigram()).isNull();
        assertThat((double) result.remarks().figures().get("mfu")).isBetween(0.0, 1.5);
        assertThat(result.toText()).contains(" masked tokens");
        assertThat(result.toJson()).contains("\"val_loss\"", "\"perplexity\"", "\"val_masked_tokens\"");
        assertThat(result.next()).anyMatch(command -> command.contains("--set model.from=" + run));
        Manifest.verify(run);
        assertThat(LanguageEvaluation.stored(run)).isEqualTo(result.evaluation());
        Path other = Files.writeString(folder.resolve("other.txt"), LINE.repeat(20));
        assertThat(LanguageEvaluation.on(run, new Documents(other.toString())).loss())
                .isLessThan(1.9);
        try (Scope scope = Scope.open()) {
            BertBundle bundle = BertBundle.load(run);
            assertThat(bundle.bert().config().context()).isEqualTo(16);
            assertThat(bundle.tokenizer().id("[CLS]")).isEqualTo(2);
            assertThat(bundle.tokenizer().id("<|endoftext|>")).isNull();
            assertThat(bundle.tokenizer().encode("THREE"))
                    .as("in lower case")
                    .isEqualTo(bundle.tokenizer().encode("three"));
            TextBundle.load(run).export(folder.resolve("exported"));
            assertThat(HuggingFace.readMasked(folder.resolve("exported"))).isNotNull();
            assertThatThrownBy(() -> TextGenerator.load(run))
                    .hasMessageContaining("must be gpt2, llama or qwen2, which write texts. Received: 'bert'");
        }
    }

    @Test
    void resumesBitForBit() throws IOException {
        Path whole = folder.resolve("whole");
        experiment("train.epochs=2").into(whole, Listener.NONE);
        Path cut = folder.resolve("cut");
        assertThatThrownBy(() -> experiment("train.epochs=2").into(cut, new Listener() {
                    @Override
                    public void epochEnded(EpochReport report) {
                        throw new IllegalStateException("cut off");
                    }
                }))
                .hasMessage("cut off");
        experiment("train.epochs=2").into(cut, Listener.NONE);
        assertThat(Files.readString(cut.resolve("manifest.json")))
                .isEqualTo(Files.readString(whole.resolve("manifest.json")));
    }

    @Test
    void trainsOnWhereAnotherModelEnded() throws IOException {
        Path base = folder.resolve("base");
        double before = experiment("train.epochs=2")
                .into(base, Listener.NONE)
                .evaluation()
                .loss();
        double after = experiment("train.epochs=1", "model.from=" + base)
                .into(folder.resolve("on"), Listener.NONE)
                .evaluation()
                .loss();
        assertThat(after).isLessThan(before);
        assertThatThrownBy(() ->
                        LanguageStudy.run(text(), "model.from=" + base).into(folder.resolve("writer"), Listener.NONE))
                .hasMessage("model.from must name a model of model.type gpt2; take model.type: bert for this one."
                        + " Received: a BERT in " + base);
    }

    @Test
    void hasDefaultsOfItsOwn() {
        LanguageConfig config =
                LanguageConfig.read("a.yaml", "model: bert\n", List.of()).value();
        assertThat(config).isEqualTo(LanguageConfig.BERT);
        assertThat(config.model().context()).isEqualTo(128);
        assertThat(config.tokenizer().lowercase()).isTrue();
        assertThat(LanguageConfig.read("a.yaml", "model: llama\n", List.of())
                        .value()
                        .model()
                        .context())
                .isEqualTo(64);
        assertThat(LanguageConfig.isMeant("a.yaml", "data: a.txt\nmodel: bert\n"))
                .isTrue();
        assertThat(LanguageConfig.isMeant("a.yaml", "data: a.csv\ntarget: y\nmodel: {type: bert, from: b}\n"))
                .as("fine-tuning on a table")
                .isFalse();
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        assertThatThrownBy(() -> LanguageConfig.read("a.yaml", "model: bert\ntokenizer: bpe\n", List.of()))
                .hasMessageContaining("model.type bert reads word pieces; leave tokenizer.type out. Received: BPE");
        assertThatThrownBy(
                        () -> LanguageConfig.read("a.yaml", "model: {type: bert, from: x, lora: {r: 4}}\n", List.of()))
                .hasMessageContaining("model.lora is for models of the llama and qwen2 layouts");
    }

    @Override
    public Run<?, ?> small(String... sets) throws IOException {
        return experiment(sets);
    }

    @Override
    public String lookLine() {
        return "model     bert, ";
    }

    @Override
    public String tooLarge() {
        return "model.hidden=4194304";
    }

    private Run<LanguageConfig, LanguageEvaluation> experiment(String... more) throws IOException {
        List<String> sets = new ArrayList<>(List.of(
                "model.type=bert",
                "model.layers=1",
                "model.heads=2",
                "model.hidden=32",
                "model.context=16",
                "model.dropout=0.0",
                "tokenizer.size=80",
                "train.epochs=6",
                "train.steps_per_epoch=60",
                "train.batch_size=16",
                "train.learning_rate=0.003"));
        sets.addAll(List.of(more));
        return LanguageStudy.run(text(), sets.toArray(String[]::new));
    }

    private String text() throws IOException {
        return Files.writeString(folder.resolve("text.txt"), LINE.repeat(200)).toString();
    }
}
