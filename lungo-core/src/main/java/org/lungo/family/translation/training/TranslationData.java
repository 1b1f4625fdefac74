package org.lungo.family.translation.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lungo.data.DataException;
import org.lungo.family.translation.TranslationTokens;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;

/**
 * What a model that translates learns from, in memory.
 *
 * @param held the pairs to validate on as texts
 * @param notes which pairs are left out, and why
 */
record TranslationData(
        TranslationTokens tokens,
        TokenPairs train,
        TokenPairs validation,
        List<ParallelTexts.Pair> held,
        List<String> notes) {
    private static final int MAX_CHARACTERS = 60_000;
    private static final int FEW = 5;

    /**
     * Reads the pairs, learns the tokenizer from those to train on, and applies it.
     *
     * @throws DataException when the texts cannot be used
     */
    static TranslationData of(TranslationConfig config) throws IOException {
        List<String> notes = new ArrayList<>();
        List<ParallelTexts.Pair> train = written(config.data().texts(), notes);
        ParallelTexts other = config.data().validationTexts();
        List<ParallelTexts.Pair> held;
        if (other != null) {
            held = written(other, notes);
        } else {
            int[] order = Random.of(config.seed()).stream("validation").permutation(train.size());
            int count = Math.max(
                    1, (int) Math.round(train.size() * config.data().heldOut().validation()));
            List<ParallelTexts.Pair> all = train;
            held = choose(all, order, 0, count);
            train = choose(all, order, count, order.length);
            if (train.isEmpty()) {
                throw new DataException(
                        "E308",
                        config.data().texts().title() + " must have two pairs or more, one to train on and one to"
                                + " validate on. Received: " + all.size());
            }
        }
        String title = other == null ? "the pairs to validate on" : other.title();
        return of(config, train, new Held(held, title), notes);
    }

    /** Pairs to validate on, and their name. */
    record Held(List<ParallelTexts.Pair> pairs, String title) {}

    /** Learns the tokenizer from pairs to train on, and applies it; what is left out is added to {@code notes}. */
    static TranslationData of(TranslationConfig config, List<ParallelTexts.Pair> train, Held held, List<String> notes)
            throws IOException {
        TranslationTokens tokens = tokens(config.tokenizer(), train);
        int context = config.model().choices().context();
        Encoded first = Encoded.of(tokens, train, context, config.data().texts().title(), notes);
        Encoded second = Encoded.of(tokens, held.pairs(), context, held.title(), notes);
        return new TranslationData(tokens, first.ids(), second.ids(), second.pairs(), notes);
    }

    /** The same tokenizer with other pairs to validate on. */
    TranslationData holding(TranslationConfig config, List<ParallelTexts.Pair> pairs, String title) {
        int context = config.model().choices().context();
        Encoded other = Encoded.of(tokens, pairs, context, title, new ArrayList<>());
        return new TranslationData(tokens, train, other.ids(), other.pairs(), notes);
    }

    private static List<ParallelTexts.Pair> choose(List<ParallelTexts.Pair> all, int[] order, int from, int to) {
        return java.util.Arrays.stream(order, from, to)
                .sorted()
                .mapToObj(all::get)
                .toList();
    }

    /** The pairs of which both say something; the others are noted. */
    static List<ParallelTexts.Pair> written(ParallelTexts texts, List<String> notes) {
        List<ParallelTexts.Pair> pairs = new ArrayList<>();
        List<Long> blank = new ArrayList<>();
        texts.forEach(pair -> {
            if (pair.isBlank()) {
                blank.add(pair.number());
            } else {
                pairs.add(pair);
            }
        });
        note(notes, blank, texts.title(), "an empty text or translation");
        if (pairs.isEmpty()) {
            throw new DataException("E301", texts.title() + " must have a text with a translation. Received: none");
        }
        return pairs;
    }

    private static void note(List<String> notes, List<Long> numbers, String title, String what) {
        if (!numbers.isEmpty()) {
            String first = numbers.stream().limit(FEW).map(String::valueOf).collect(Collectors.joining(", "));
            notes.add(String.format(
                    java.util.Locale.ROOT,
                    "%,d %s of %s left out: %s (line %s%s)",
                    numbers.size(),
                    numbers.size() == 1 ? "pair" : "pairs",
                    title,
                    what,
                    first,
                    numbers.size() > FEW ? ", ..." : ""));
        }
    }

    private static TranslationTokens tokens(TranslationConfig.TokenizerChoice choice, List<ParallelTexts.Pair> pairs)
            throws IOException {
        String file = choice.file();
        if (file != null) {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException(
                        "no file " + path + "; tokenizer.file must name a tokenizer.json, or be left out");
            }
            return new TranslationTokens(Tokenizer.load(path));
        }
        TokenizerTraining.Type type =
                TokenizerTraining.Type.valueOf(choice.type().name());
        Iterator<String> texts = pairs.stream()
                .flatMap(pair -> Stream.of(pair.source(), pair.target()))
                .iterator();
        int size = type == TokenizerTraining.Type.CHAR ? MAX_CHARACTERS : choice.size();
        return TranslationTokens.learn(texts, type, size);
    }

    /** Pairs that the model has room for, as texts and as tokens. */
    private record Encoded(List<ParallelTexts.Pair> pairs, TokenPairs ids) {
        static Encoded of(
                TranslationTokens tokens,
                List<ParallelTexts.Pair> pairs,
                int context,
                String title,
                List<String> notes) {
            List<ParallelTexts.Pair> kept = new ArrayList<>();
            List<int[]> sources = new ArrayList<>();
            List<int[]> targets = new ArrayList<>();
            List<Long> tooLong = new ArrayList<>();
            for (ParallelTexts.Pair pair : pairs) {
                int[] source = tokens.source(pair.source());
                int[] target = tokens.target(pair.target());
                if (source.length > context || target.length > context) {
                    tooLong.add(pair.number());
                } else {
                    kept.add(pair);
                    sources.add(source);
                    targets.add(target);
                }
            }
            note(notes, tooLong, title, "more than " + context + " tokens, model.context");
            if (kept.isEmpty()) {
                throw new DataException(
                        "E301",
                        title + " must have a pair of at most " + context
                                + " tokens each; set a larger model.context. Received: none");
            }
            return new Encoded(kept, new TokenPairs(sources, targets));
        }
    }
}
