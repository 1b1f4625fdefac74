package org.lungo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.data.Features;
import org.lungo.nn.Activation;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class BertReaderTest {
    private static final int START = 2;
    private static final int END = 3;
    private static final Bert.Config SMALL = Bert.Config.of(30, 10, 2, 2, 8, 0);

    @Test
    void readsATextBetweenItsMarks() {
        try (Scope scope = Scope.inference()) {
            Bert bert = bert(SMALL);
            BertReader reader = reader(bert, BertReader.Pooling.CLS, 6);
            Tensor vectors = reader.forward(tokens(6, "7 8 9", "", "7 8 9 10 11 12")); // [3, 8]
            near(vectors.select(0, 0), hidden(bert, "2 7 8 9 3", "0 0 0 0 0").select(0, 0));
            near(vectors.select(0, 1), hidden(bert, "2 3", "0 0").select(0, 0));
            near(
                    vectors.select(0, 2),
                    hidden(bert, "2 7 8 9 10 11 12 3", "0 0 0 0 0 0 0 0").select(0, 0));
            Tensor means = reader(bert, BertReader.Pooling.MEAN, 6).forward(tokens(6, "7 8 9", "", "7"));
            near(means.select(0, 2), hidden(bert, "2 7 3", "0 0 0").mean(0));
        }
    }

    @Test
    void readsAPairAndTakesTokensFromTheLongerText() {
        try (Scope scope = Scope.inference()) {
            Bert bert = bert(SMALL);
            BertReader reader = reader(bert, BertReader.Pooling.CLS, 8, 8);
            Tensor vectors = reader.forward(
                    tokens(8, "7 8", "9", "7 8", "9 10 11 12 13 14 15", "7 8 9 10 11 12", "13 14 15 16 17", "", ""));
            near(
                    vectors.select(0, 0),
                    hidden(bert, "2 7 8 3 9 3", "0 0 0 0 1 1").select(0, 0));
            near(
                    vectors.select(0, 1), // ten tokens in all, three of them marks
                    hidden(bert, "2 7 8 3 9 10 11 12 13 3", "0 0 0 0 1 1 1 1 1 1")
                            .select(0, 0));
            near(
                    vectors.select(0, 2),
                    hidden(bert, "2 7 8 9 3 13 14 15 16 3", "0 0 0 0 0 1 1 1 1 1")
                            .select(0, 0));
            near(vectors.select(0, 3), hidden(bert, "2 3 3", "0 0 1").select(0, 0));
        }
    }

    @Test
    void takesThePoolerWhereThereIsOne() {
        try (Scope scope = Scope.inference()) {
            Bert bert = bert(SMALL.withPooler(true));
            Tensor vector = reader(bert, BertReader.Pooling.CLS, 6)
                    .forward(tokens(6, "7 8"))
                    .select(0, 0);
            near(
                    vector,
                    bert.pooled(hidden(bert, "2 7 8 3", "0 0 0 0").unsqueeze(0)).select(0, 0));
        }
    }

    /** More tokens than are read at once: in groups of similar length, each in its own place again. */
    @Test
    void readsManyTextsAsAlone() {
        try (Scope scope = Scope.inference()) {
            Bert bert = bert(SMALL);
            BertReader reader = reader(bert, BertReader.Pooling.CLS, 8);
            String[] texts = new String[1200];
            Arrays.setAll(
                    texts, i -> "7 8 9 10 11 12 13 14".substring(0, i % 8 < 3 ? 2 * (i % 8) : 3 + 3 * (i % 8 - 3)));
            Tensor all = reader.forward(tokens(8, texts)); // [1200, 8]
            for (int row = 0; row < texts.length; row += 199) {
                near(all.select(0, row), reader.forward(tokens(8, texts[row])).select(0, 0));
            }
        }
    }

    @Test
    void isPartOfANetworkForTablesAndBeginsWithAnother() {
        try (Scope scope = Scope.inference()) {
            Mlp.Config mlp = new Mlp.Config(List.of(6), Activation.RELU, 0, Mlp.Normalization.NONE, false, 4, 2);
            BertReader.Layers layers = layers(SMALL, BertReader.Pooling.CLS);
            BertReader.Config config = new BertReader.Config(layers, mlp);
            Inputs inputs = new Inputs(2, List.of(5), List.of(new Inputs.Text(31, 6)), 3);
            TextModel model = config.build(inputs, Random.of(1));
            assertThat((double) Parameters.of(model).count()).isEqualTo(config.count(inputs));
            Bert trained = bert(SMALL.withPooler(true));
            BertReader.begin(model, trained);
            Parameters.of(model).tensors().forEach((name, tensor) -> {
                if (name.startsWith("texts.0.bert.")) {
                    assertThat(tensor.toFloats())
                            .as(name)
                            .isEqualTo(Parameters.of(trained)
                                    .tensors()
                                    .get(name.substring("texts.0.bert.".length()))
                                    .toFloats());
                }
            });
            Features rows = new Features(
                    Tensor.ones(DType.FLOAT32, 4, 2), Tensor.zeros(DType.INT64, 4, 1), tokens(6, "7", "8 9", "", "10"));
            assertThat(model.forward(rows).shape()).containsExactly(2 * 4, 3);
            assertThatThrownBy(() -> config.build(
                            new Inputs(
                                    0,
                                    List.of(),
                                    List.of(new Inputs.Text(9, 6), new Inputs.Text(9, 6), new Inputs.Text(9, 6)),
                                    1),
                            Random.of(1)))
                    .hasMessage("model.type bert reads one column of texts, or two as a pair; ignore the others with"
                            + " features.NAME: ignore. Received: 3 columns of texts");
        }
    }

    private static BertReader reader(Bert bert, BertReader.Pooling pooling, Integer... columns) {
        return new BertReader(bert, layers(bert.config(), pooling), List.of(columns));
    }

    private static BertReader.Layers layers(Bert.Config config, BertReader.Pooling pooling) {
        return new BertReader.Layers(config, START, END, pooling, 0.1);
    }

    private static Bert bert(Bert.Config config) {
        Bert bert = config.build(Random.of(1));
        Parameters.of(bert).trainable().forEach(weight -> weight.mulInPlace(10)); // so that differences are clear
        return bert;
    }

    /** [tokens, hidden] of one text without padding. */
    private static Tensor hidden(Bert bert, String tokens, String types) {
        long[] ids = numbers(tokens);
        return bert.hidden(Tensor.of(ids, 1, ids.length), Tensor.of(numbers(types), 1, ids.length), null)
                .select(0, 0);
    }

    /** As a table has them: texts that stand in columns of {@code length}, each token as its id and 1. */
    private static Tensor tokens(int length, String... texts) {
        int columns = texts.length == 8 ? 2 : 1;
        int[] all = new int[texts.length * length];
        for (int i = 0; i < texts.length; i++) {
            long[] ids = numbers(texts[i]);
            for (int j = 0; j < ids.length; j++) {
                all[i * length + j] = (int) ids[j] + 1;
            }
        }
        return Tensor.of(all, texts.length / columns, length * columns);
    }

    private static long[] numbers(String text) {
        return text.isBlank()
                ? new long[0]
                : Arrays.stream(text.strip().split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
    }

    /** FLOAT32; another order of additions for another batch or length. */
    private static void near(Tensor actual, Tensor expected) {
        assertThat(actual.toDoubles()).containsExactly(expected.toDoubles(), within(1e-4));
    }
}
