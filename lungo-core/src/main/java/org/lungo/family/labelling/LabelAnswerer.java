package org.lungo.family.labelling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Passes;
import org.lungo.deploy.serving.Rejected;
import org.lungo.deploy.serving.Serving;

/** Answers for a tagger: texts in, labels and entities out. */
public final class LabelAnswerer implements Answerer {
    /** A text to try. */
    public static final String EXAMPLE = "Ada Lovelace lived in London. 她住在伦敦。";

    private static final int WARM_UPS = 10;

    /** The characters of a request, of all its texts, whose pass is a short one. */
    private static final int FEW_CHARACTERS = 1000;

    private final Labeller labeller;
    private final ServeConfig config;
    private final Passes<List<Question>, List<Labelled>> passes;

    /**
     * A text, or one that is in tokens already.
     *
     * @param tokens null for a text
     */
    public record Question(String text, @Nullable List<String> tokens) {}

    private LabelAnswerer(Labeller labeller, ServeConfig config, Passes<List<Question>, List<Labelled>> passes) {
        this.labeller = labeller;
        this.config = config;
        this.passes = passes;
    }

    /** Loads a model folder, which replays its golden sentences, and warms it up. */
    public static LabelAnswerer load(Path folder, Serving serving) throws IOException {
        Labeller labeller = Labeller.load(folder);
        for (int i = 0; i < WARM_UPS; i++) {
            labeller.label(EXAMPLE);
        }
        ServeConfig config = serving.overrules().apply(ServeConfig.load(folder));
        return new LabelAnswerer(
                labeller,
                config,
                Passes.ofLists(config, serving, LabelAnswerer::isBrief, questions -> answers(labeller, questions)));
    }

    /** What the model knows of its labels; passes of the model go through {@link #ask}. */
    public Labeller labeller() {
        return labeller;
    }

    /**
     * An answer for each question that {@code parse} makes, once they are there; {@link Rejected} when they are not in time.
     *
     * @param parse runs in this thread or in another
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when it cannot be answered now
     */
    public CompletableFuture<List<Labelled>> ask(Supplier<List<Question>> parse, long deadline) {
        return passes.ask(parse, deadline);
    }

    private static boolean isBrief(List<Question> questions) {
        return questions.stream()
                        .mapToLong(question -> question.text().length())
                        .sum()
                <= FEW_CHARACTERS;
    }

    private static List<Labelled> answers(Labeller labeller, List<Question> questions) {
        String[] texts = questions.stream()
                .filter(question -> question.tokens() == null)
                .map(Question::text)
                .toArray(String[]::new);
        List<List<String>> tokens = new ArrayList<>();
        for (Question question : questions) {
            if (question.tokens() != null) {
                tokens.add(question.tokens());
            }
        }
        Deque<Labelled> ofTexts = new ArrayDeque<>(labeller.label(texts));
        Deque<Labelled> ofTokens = new ArrayDeque<>(labeller.labelTokens(tokens));
        return questions.stream()
                .map(question -> question.tokens() == null ? ofTexts.remove() : ofTokens.remove())
                .toList();
    }

    @Override
    public ServeConfig config() {
        return config;
    }

    @Override
    public int depth() {
        return passes.depth();
    }

    @Override
    public void requireRoom() {
        passes.requireRoom();
    }

    @Override
    public void run() {
        passes.run(1);
    }

    @Override
    public void close() {
        passes.close();
    }
}
