package org.lungo.family.labelling.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.data.LabelScheme;
import org.lungo.evaluate.Direction;
import org.lungo.evaluate.SpanScores;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.family.labelling.Tagger;
import org.lungo.loss.CrossEntropy;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.LengthBuckets;
import org.lungo.train.Lesson;

/**
 * Sentences whose every token has a label. The loss is the negative logarithm of the likelihood that the model gives the
 * labels, in nats per token: of a whole sentence where the model has a conditional random field, else of each label.
 * Batches hold sentences of similar length.
 *
 * <p>Validation sentences with a label that training does not have count for the metrics, where it cannot be right, but not
 * for the loss.
 *
 * @param train sentences of at most as many tokens as the model reads at once
 * @param buckets of the lengths of {@code train}
 * @param scheme of the labels
 */
public record LabelLesson(
        Tagger model,
        List<LabelledSentence> train,
        List<LabelledSentence> validation,
        LengthBuckets buckets,
        LabelScheme scheme,
        double labelSmoothing)
        implements Lesson {
    /** What is measured besides the loss, as {@link SpanScores#metrics} names it. */
    public static final Map<String, Direction> MONITORS = Map.of(
            "f1", Direction.HIGHER,
            "precision", Direction.HIGHER,
            "recall", Direction.HIGHER,
            "accuracy", Direction.HIGHER);

    /** The lesson of two corpora; longer sentences than the model reads are learned in parts. */
    public static LabelLesson of(
            Tagger model, LabelledCorpus train, LabelledCorpus validation, int batchTokens, double labelSmoothing) {
        List<LabelledSentence> parts = parts(train.sentences(), model.encoder().longest());
        int[] lengths = parts.stream().mapToInt(LabelledSentence::length).toArray();
        return new LabelLesson(
                model,
                parts,
                parts(validation.sentences(), model.encoder().longest()),
                new LengthBuckets(lengths, batchTokens),
                train.scheme(),
                labelSmoothing);
    }

    private static List<LabelledSentence> parts(List<LabelledSentence> sentences, int longest) {
        List<LabelledSentence> parts = new ArrayList<>();
        for (LabelledSentence sentence : sentences) {
            List<List<String>> tokens = Tagger.parts(sentence.tokens(), longest);
            List<List<String>> labels = Tagger.parts(sentence.labels(), longest);
            for (int i = 0; i < tokens.size(); i++) {
                parts.add(new LabelledSentence(tokens.get(i), labels.get(i)));
            }
        }
        return parts;
    }

    @Override
    public Parameters parameters() {
        return Parameters.of(model);
    }

    /** The number of tokens. */
    @Override
    public long examples() {
        return Arrays.stream(buckets.lengths()).asLongStream().sum();
    }

    @Override
    public long batches() {
        return buckets.batches();
    }

    @Override
    public Epoch epoch(int number, Random random) {
        List<int[]> batches = buckets.epoch(random.stream("buckets", number));
        return index -> {
            List<LabelledSentence> sentences =
                    Arrays.stream(batches.get(index)).mapToObj(train::get).toList();
            Tensor emissions = model.emissions(tokens(sentences)); // [batch, seq, labels]
            return new Outcome(loss(emissions, sentences, labelSmoothing), count(sentences));
        };
    }

    private static List<List<String>> tokens(List<LabelledSentence> sentences) {
        return sentences.stream().map(LabelledSentence::tokens).toList();
    }

    private static long count(List<LabelledSentence> sentences) {
        return sentences.stream().mapToLong(LabelledSentence::length).sum();
    }

    /** The loss of a token, in the mean: FLOAT32, without axes. */
    private Tensor loss(Tensor emissions, List<LabelledSentence> sentences, double smoothing) {
        int rows = sentences.size();
        int longest = (int) emissions.size(1);
        long[] labels = new long[rows * longest];
        long[] lengths = new long[rows];
        for (int row = 0; row < rows; row++) {
            List<String> own = sentences.get(row).labels();
            lengths[row] = own.size();
            for (int i = 0; i < own.size(); i++) {
                labels[row * longest + i] = model.labels().indexOf(own.get(i));
            }
        }
        if (model.field() != null) {
            Tensor likelihood = model.field()
                    .logLikelihood(emissions, Tensor.of(labels, rows, longest), Tensor.of(lengths, rows)); // [batch]
            return likelihood.sum().neg().div(count(sentences));
        }
        long[] places = IntStream.range(0, labels.length)
                .filter(place -> place % longest < lengths[place / longest])
                .mapToLong(place -> place)
                .toArray();
        long[] wanted = Arrays.stream(places).map(place -> labels[(int) place]).toArray();
        Tensor scores = emissions.flatten(0, 1).indexSelect(0, Tensor.of(places, places.length)); // [tokens, labels]
        return new CrossEntropy(null, smoothing).of(scores, Tensor.of(wanted, wanted.length));
    }

    @Override
    public Map<String, Direction> monitors() {
        return MONITORS;
    }

    @Override
    public Validation validate(Mode mode) {
        List<List<String>> gold = new ArrayList<>();
        List<List<String>> predicted = new ArrayList<>();
        int[] lengths = validation.stream().mapToInt(LabelledSentence::length).toArray();
        double sum = 0;
        long known = 0;
        for (int[] places : new LengthBuckets(lengths, buckets.tokens()).inOrder()) {
            List<LabelledSentence> sentences =
                    Arrays.stream(places).mapToObj(validation::get).toList();
            try (Scope scope = Scope.open(mode)) {
                Tensor emissions = model.emissions(tokens(sentences));
                int[] own =
                        sentences.stream().mapToInt(LabelledSentence::length).toArray();
                predicted.addAll(model.decode(emissions, own));
                sentences.forEach(sentence -> gold.add(sentence.labels()));
                int[] rows = known(sentences);
                if (rows.length > 0) {
                    List<LabelledSentence> some =
                            Arrays.stream(rows).mapToObj(sentences::get).toList();
                    long[] chosen = Arrays.stream(rows).asLongStream().toArray();
                    Tensor scores = emissions.indexSelect(0, Tensor.of(chosen, chosen.length));
                    sum += loss(scores, some, 0).item() * count(some);
                    known += count(some);
                }
            }
        }
        Map<String, Double> metrics = SpanScores.of(scheme, gold, predicted).metrics();
        return new Validation(known == 0 ? Double.NaN : sum / known, metrics);
    }

    /** The places of those whose labels the model has. */
    private int[] known(List<LabelledSentence> sentences) {
        return IntStream.range(0, sentences.size())
                .filter(i -> model.labels().containsAll(sentences.get(i).labels()))
                .toArray();
    }
}
