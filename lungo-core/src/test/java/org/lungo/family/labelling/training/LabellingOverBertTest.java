package org.lungo.family.labelling.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.text.BertBundle;
import org.lungo.experiment.Outcome;
import org.lungo.family.Families;
import org.lungo.family.labelling.Labeller;
import org.lungo.family.labelling.Labelling;
import org.lungo.family.labelling.PieceEncoder;
import org.lungo.model.Bert;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Listener;

/** A tagger over a small BERT that was not pre-trained. */
final class LabellingOverBertTest {
    private static final String SENTENCES =
            "Ada B-PER\nlives O\nin O\nRome B-LOC\n. O\n\nBob B-PER\nsaw O\nAda B-PER\n. O\n\n他 O\n在 O\n北 B-LOC\n京 I-LOC\n\n";

    @TempDir
    Path folder;

    private Path base;
    private Tokenizer tokenizer;

    @BeforeEach
    void makeBert() throws IOException {
        base = folder.resolve("bert");
        tokenizer = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 60)
                .train(List.of("Ada lives in Rome. Bob saw Ada. 他在北京".repeat(3)).iterator());
        try (Scope scope = Scope.open()) {
            Bert bert = Bert.Config.of(tokenizer.size(), 12, 1, 2, 16, 0.1).build(Random.of(1));
            new BertBundle(bert, null, tokenizer).export(base);
        }
    }

    @Test
    void isTrainedStoredAndLoaded() throws IOException {
        Path data = Files.writeString(folder.resolve("names.conll"), SENTENCES.repeat(10));
        Path run = folder.resolve("run");
        Outcome<LabellingEvaluation> result = LabellingStudy.run(
                        data.toString(),
                        "model.from='" + base + "'",
                        "train.learning_rate=0.01",
                        "train.batch_tokens=64")
                .into(run, Listener.NONE);
        assertThat(result.evaluation().scores().all().f1()).isGreaterThan(0.9);
        assertThat(LabellingEvaluation.on(run, data.toString()).scores().all().f1())
                .isGreaterThan(0.9);
        assertThat(run.resolve("model/encoder/tokenizer.json")).exists();
        assertThat(Families.of(run).name()).isEqualTo(Labelling.NAME);
        Files.delete(base.resolve("model.safetensors"));
        try (Scope scope = Scope.open()) {
            assertThat(Labeller.load(run).label("Ada lives in Rome.").labels())
                    .containsExactly("B-PER", "O", "O", "B-LOC", "O");
        }
        assertThatThrownBy(() -> LabellingStudy.run(data.toString(), "model.from='" + base + "'", "model.embedding=3"))
                .hasMessageContaining("model.from brings its own network");
    }

    /** What the first piece of each token has, also of those that follow where a window ends. */
    @Test
    void aTokenIsItsFirstPiece() throws IOException {
        try (Scope scope = Scope.inference()) {
            Bert bert = BertBundle.load(base).bert();
            PieceEncoder encoder = new PieceEncoder(tokenizer, bert, 0.5);
            List<String> tokens = List.of("Rome", "lives", "\u200b", "in");
            long[] ids = new long[12];
            int[] firsts = new int[tokens.size()];
            int at = 0;
            ids[at++] = tokenizer.id("[CLS]");
            for (int i = 0; i < tokens.size(); i++) {
                firsts[i] = at;
                int[] pieces = tokenizer.encode(tokens.get(i));
                for (int piece : pieces.length == 0 ? new int[] {tokenizer.id("[UNK]")} : pieces) {
                    ids[at++] = piece;
                }
            }
            ids[at++] = tokenizer.id("[SEP]");
            Tensor hidden = bert.hidden(Tensor.of(java.util.Arrays.copyOf(ids, at), 1, at), null, null);
            Tensor together = encoder.forward(List.of(tokens, List.of("Ada")));
            assertThat(together.shape()).containsExactly(2, 4, 16);
            for (int i = 0; i < firsts.length; i++) {
                double[] alone = hidden.select(0, 0).select(0, firsts[i]).toDoubles();
                assertThat(together.select(0, 0).select(0, i).toDoubles()).containsExactly(alone, within(1e-5));
            }
            List<String> many = java.util.Collections.nCopies(30, "Ada");
            assertThat(encoder.forward(List.of(many)).shape()).containsExactly(1, 30, 16);
            assertThat(encoder.forward(List.of(List.of("Rome".repeat(30)))).shape())
                    .containsExactly(1, 1, 16);
        }
    }
}
