package org.lungo.deploy.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.GoldenFile;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A few short sequences of tokens and numbers that a model for texts gave for them when it was saved; replayed whenever it
 * is loaded. The numbers are log-probabilities of tokens that are given, or hidden states, and never texts that the model
 * wrote: where two tokens are nearly as likely, rounding would decide the whole rest of a text.
 */
public record GoldenTokens(List<Example> examples) {
    /**
     * The largest difference that another processor's rounding may make, times the number where that is above 1. Instruction
     * sets, numbers of threads and libraries add up FLOAT32 products in different orders. Between SSE, AVX2 and AVX-512,
     * log-probabilities and hidden states of networks of 12 blocks with fresh weights differed by up to 3e-6. Trained models
     * may have logits near 100, as GPT-2, where two neighbouring FLOAT32 numbers lie 8e-6 apart and some such steps add up
     * to 1e-4; this is ten times as much. Weights stored in 16 bits need no other tolerance: they are read as FLOAT32, and
     * answer so when they are saved.
     */
    public static final double TOLERANCE = 1e-3;

    /** The most examples of a model. */
    public static final int EXAMPLES = 3;

    /** The most tokens of a sequence. */
    public static final int LENGTH = 16;

    public GoldenTokens {
        examples = List.copyOf(examples);
    }

    /**
     * What a model is asked.
     *
     * @param source the tokens of a text that is translated; null where there is one text alone
     * @param tokens the tokens that are read, or whose probabilities are asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Given(@Nullable List<Long> source, List<Long> tokens) {
        /** One text alone. */
        public static Given of(List<Long> tokens) {
            return new Given(null, tokens);
        }

        /** As much of it as is asked of a model with this context. */
        private Given first(int context) {
            return new Given(source == null ? null : first(source, context), first(tokens, context));
        }

        private static List<Long> first(List<Long> tokens, int context) {
            return List.copyOf(tokens.subList(0, Math.min(tokens.size(), Math.min(LENGTH, context))));
        }

        @Override
        public String toString() {
            return "the tokens " + (source == null ? "" : source + " and ") + tokens;
        }
    }

    /**
     * A question and its answer.
     *
     * @param answers numbers, as many as the model gives for what is given
     */
    public record Example(Given given, List<Double> answers) {
        public Example {
            answers = List.copyOf(answers);
        }

        /** What it is called in messages. */
        private String name(int place) {
            return "golden example " + (place + 1) + ", " + given;
        }

        private double[] numbers() {
            return answers.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** What {@code model} answers for each of {@code given}. */
    public static GoldenTokens of(List<Given> given, Function<Given, double[]> model) {
        return new GoldenTokens(given.stream()
                .map(asked -> new Example(
                        asked, Arrays.stream(model.apply(asked)).boxed().toList()))
                .toList());
    }

    /**
     * At most {@value #EXAMPLES} of {@code texts}, of each the first tokens, at most {@value #LENGTH} and the context; where
     * there is none of two tokens or more, tokens of the vocabulary that are always the same.
     */
    public static List<Given> chosen(List<Given> texts, int vocabulary, int context) {
        List<Given> usable =
                texts.stream().filter(text -> text.tokens().size() > 1).toList();
        RandomGenerator random = Random.of(0).stream("golden").generator();
        Stream<Given> all = usable.isEmpty()
                ? Stream.generate(() ->
                        Given.of(random.longs(LENGTH, 0, vocabulary).boxed().toList()))
                : usable.stream();
        return all.limit(EXAMPLES).map(text -> text.first(context)).toList();
    }

    /**
     * These examples of a model that is to be saved.
     *
     * @throws org.lungo.deploy.NotFiniteException when an answer is not finite
     */
    public GoldenTokens requireFinite() {
        for (int i = 0; i < examples.size(); i++) {
            GoldenFile.requireFinite(examples.get(i).name(i), examples.get(i).numbers());
        }
        return this;
    }

    /** Writes {@value GoldenFile#NAME} into a model folder; before its manifest, which lists it. */
    public void save(Path folder) throws IOException {
        GoldenFile.write(folder, this);
    }

    /**
     * The examples in a model folder, or in that of a run; none in one of Hugging Face's, or where an earlier version of
     * Lungo wrote it.
     */
    public static GoldenTokens load(Path folder) throws IOException {
        Path model = ModelFolder.inside(folder);
        boolean ours = Files.isRegularFile(model.resolve(Manifest.NAME));
        return ours && Files.isRegularFile(model.resolve(GoldenFile.NAME))
                ? GoldenFile.read(model, GoldenTokens.class)
                : new GoldenTokens(List.of());
    }

    /**
     * Asks a model that was loaded for the examples in its folder again.
     *
     * @param model gives answers for what is given
     * @throws org.lungo.tensor.CorruptFileException when an answer differs by more than {@link #TOLERANCE}
     */
    public static void replay(Path folder, Function<List<Given>, GoldenTokens> model) throws IOException {
        List<Example> before = load(folder).examples();
        List<Example> now =
                model.apply(before.stream().map(Example::given).toList()).examples();
        for (int i = 0; i < before.size(); i++) {
            Example example = before.get(i);
            GoldenFile.requireNear(
                    folder, example.name(i), example.numbers(), now.get(i).numbers(), TOLERANCE);
        }
    }

    /** The largest difference between an answer in these examples and one of {@code model}. */
    public double difference(Function<List<Given>, GoldenTokens> model) {
        List<Example> now =
                model.apply(examples.stream().map(Example::given).toList()).examples();
        double largest = 0;
        for (int i = 0; i < examples.size(); i++) {
            double[] before = examples.get(i).numbers();
            double[] after = now.get(i).numbers();
            for (int j = 0; j < before.length; j++) {
                largest = Math.max(largest, Math.abs(before[j] - after[j]));
            }
        }
        return largest;
    }

    /**
     * The logarithm of the probability of each of {@code tokens}.
     *
     * @param logits [1, sequence, vocabulary]
     * @param tokens the predicted tokens, the first by the first logits; at most as many as the sequence is long
     * @return natural logarithms, one for each token
     */
    public static double[] logProbabilities(Tensor logits, List<Long> tokens) {
        int vocabulary = (int) logits.size(-1);
        float[] all = logits.toFloats();
        double[] logarithms = new double[tokens.size()];
        for (int i = 0; i < logarithms.length; i++) {
            int from = i * vocabulary;
            int token = Math.toIntExact(tokens.get(i));
            logarithms[i] = all[from + token] - TokenScore.logSum(all, from, vocabulary);
        }
        return logarithms;
    }

    /** What a model that writes is asked: the log-probability of each token but the first, from those before it. */
    public static double[] following(Tensor logits, List<Long> tokens) {
        return logProbabilities(logits, tokens.subList(1, tokens.size()));
    }

    /** One row of tokens: INT64 [1, sequence]. */
    public static Tensor row(List<Long> tokens) {
        return Tensor.of(tokens.stream().mapToLong(Long::longValue).toArray(), 1, tokens.size());
    }

    /** What {@code lungo inspect} says of the examples in a model folder that was loaded: a sentence. */
    public static String replayed(int examples) {
        return switch (examples) {
            case 0 -> "It has no golden examples: an earlier version of Lungo wrote it.";
            case 1 -> "Its golden example gives the same answers as when it was saved.";
            default -> "Its " + examples + " golden examples give the same answers as when they were saved.";
        };
    }
}
