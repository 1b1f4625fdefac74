package org.lungo.server.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.labels.Labelled;
import org.lungo.deploy.labels.Labeller;

/** Answers for a tagger: texts in, labels and entities out. */
public final class LabelAnswerer extends SharedPasses<LabelAnswerer.Question, Labelled> {
    /** A text to try. */
    public static final String EXAMPLE = "Ada Lovelace lived in London. 她住在伦敦。";

    private static final int WARM_UPS = 10;

    private final Labeller labeller;

    /**
     * A text, or one that is in tokens already.
     *
     * @param tokens null for a text
     */
    public record Question(String text, @Nullable List<String> tokens) {}

    private LabelAnswerer(Labeller labeller, ServeConfig config, ModelMetrics metrics) {
        super(config, metrics);
        this.labeller = labeller;
    }

    /** Loads a model folder, which replays its golden sentences, and warms it up. */
    static LabelAnswerer load(Path folder, UnaryOperator<ServeConfig> overrules, ModelMetrics metrics)
            throws IOException {
        Labeller labeller = Labeller.load(folder);
        for (int i = 0; i < WARM_UPS; i++) {
            labeller.label(EXAMPLE);
        }
        return new LabelAnswerer(labeller, overrules.apply(ServeConfig.load(folder)), metrics);
    }

    /** What the model knows of its labels; passes of the model go through {@link #ask}. */
    public Labeller labeller() {
        return labeller;
    }

    @Override
    List<Labelled> answers(List<Question> questions) {
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
}
