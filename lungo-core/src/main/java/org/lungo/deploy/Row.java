package org.lungo.deploy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Continuation.Ending;
import org.lungo.tensor.Random;

/** One text of a batch while it is written. */
final class Row {
    private final int index;
    private final Generator.Settings settings;
    private final RandomGenerator generator;
    private final BitSet seen = new BitSet();
    private final List<Long> tokens = new ArrayList<>();
    private @Nullable Ending ending;

    Row(int index, long[] prompt, Generator.Settings settings, Random random) {
        this.index = index;
        this.settings = settings;
        this.generator = random.generator();
        for (long token : prompt) {
            seen.set((int) token);
        }
    }

    int index() {
        return index;
    }

    boolean isDone() {
        return ending != null;
    }

    /** The token to go on with; any where the text has ended. */
    long last() {
        return tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1);
    }

    Continuation continuation() {
        return new Continuation(tokens, ending == null ? Ending.LENGTH : ending);
    }

    /** Chooses the next token by {@code logits}, [vocabulary], unless the text has ended. */
    void choose(float[] logits, TokenListener listener, boolean full) {
        if (ending != null) {
            return;
        }
        Odds odds = Odds.of(logits, seen, settings.sampling());
        int token = odds.at(odds.tokens().length == 1 ? 0 : generator.nextDouble());
        if (settings.stopTokens().contains((long) token)) {
            ending = Ending.STOP;
            return;
        }
        tokens.add((long) token);
        seen.set(token);
        if (!listener.chosen(index, token)) {
            ending = Ending.LISTENER;
        } else if (tokens.size() == settings.maxTokens()) {
            ending = Ending.LENGTH;
        } else if (full) {
            ending = Ending.CONTEXT;
        }
    }
}
