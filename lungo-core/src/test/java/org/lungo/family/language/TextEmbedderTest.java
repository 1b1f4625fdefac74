package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.family.Families;
import org.lungo.model.Bert;
import org.lungo.model.BertReader.Pooling;
import org.lungo.model.Gpt;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

class TextEmbedderTest {
    private static final Tokenizer TOKENIZER = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 40)
            .train(List.of("a b c d".repeat(3)).iterator());

    @TempDir
    private Path folder;

    @Test
    void takesTheMeanOrTheFirstVectorOfABertOverItsMarksToo() {
        try (Scope scope = Scope.inference()) {
            Bert bert = bert(40);
            BertBundle bundle = new BertBundle(bert, null, TOKENIZER);
            Tensor hidden = bert.hidden(Tensor.of(new long[] {2, 7, 8, 3}, 1, 4), null, null); // [CLS] and [SEP] around
            same(new TextEmbedder(bundle).embed(List.of(7L, 8L)), hidden.mean(1));
            same(new TextEmbedder(bundle, Pooling.CLS).embed(List.of(7L, 8L)), hidden.select(1, 0));
            assertThat(new TextEmbedder(bundle).maxTokens()).isEqualTo(6);
            assertThatThrownBy(() -> new TextEmbedder(bundle).embed(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L)))
                    .hasMessage("a text must have at least one token and at most 6, for the context of 8."
                            + " Received: 7 tokens");
        }
    }

    @Test
    void takesTheMeanOfAModelThatWrites() {
        try (Scope scope = Scope.inference()) {
            Gpt gpt = Gpt.Config.of(40, 8, 1, 2, 8, 0).build(Random.of(1));
            LanguageBundle bundle = new LanguageBundle(gpt, TOKENIZER);
            same(
                    new TextEmbedder(bundle).embed(List.of(7L, 8L)),
                    gpt.hidden(Tensor.of(new long[] {7, 8}, 1, 2), null).mean(1));
            assertThat(new TextEmbedder(bundle).maxTokens()).isEqualTo(8);
            assertThatThrownBy(() -> new TextEmbedder(bundle, Pooling.CLS))
                    .hasMessage("a model that writes texts has no [CLS]; take pooling: mean. Received: cls");
        }
    }

    @Test
    void refusesABertWithFewerPlacesThanTokens() {
        try (Scope scope = Scope.inference()) {
            Bert small = bert(5);
            assertThatThrownBy(() -> new BertBundle(small, null, TOKENIZER))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageStartingWith(
                            "the tokenizer must have at most as many tokens as the model, 5. Received: ");
            assertThatThrownBy(() -> new BertBundle(bert(40), null, TOKENIZER).masked())
                    .hasMessageStartingWith("masked tokens are predicted by a BERT with its masked-language head");
        }
    }

    /** As the models of 2018 are published: one word per line, in lower case unless a file next to them says otherwise. */
    @Test
    void readsABertWithALaterOrAnOlderTokenizer() throws IOException {
        try (Scope scope = Scope.inference()) {
            new BertBundle(bert(40), null, TOKENIZER).save(folder.resolve("new"));
            assertThat(TextBundle.load(folder.resolve("new"))).isInstanceOf(BertBundle.class);
            Path old = folder.resolve("old");
            new BertBundle(bert(40), null, TOKENIZER).export(old);
            Files.delete(old.resolve("tokenizer.json"));
            Files.writeString(old.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nA\n");
            assertThat(Families.of(old).name()).isEqualTo(Language.NAME);
            assertThat(BertBundle.load(old).tokenizer().encode("A")).containsExactly(5);
            Files.writeString(old.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
            assertThat(BertBundle.load(old).tokenizer().encode("A")).containsExactly(6);
        }
    }

    private static Bert bert(int vocabulary) {
        return Bert.Config.of(vocabulary, 8, 1, 2, 8, 0).build(Random.of(1));
    }

    /** Of length 1, in the direction of {@code expected}, [1, hidden]. */
    private static void same(float[] vector, Tensor expected) {
        double length = Math.sqrt(expected.square().sum().item());
        assertThat(vector).hasSize((int) expected.size(1));
        for (int i = 0; i < vector.length; i++) {
            assertThat(vector[i]).isCloseTo((float) (expected.toFloats()[i] / length), within(1e-6f));
        }
    }
}
