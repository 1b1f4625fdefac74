package org.lungo.family.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.lungo.model.LanguageModel;
import org.lungo.nn.KeyValueCache;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Texts that are written together, a token of each in one pass, and that come and go between passes (continuous batching;
 * Yu et al. 2022, "Orca", OSDI, section 3.1). Each is what {@link TextGenerator} would write alone, up to the rounding of
 * logits. Belongs to one thread; the cache lives in the scope around its making.
 *
 * <pre>{@code
 * TextBatch batch = new TextBatch(generator, 8);
 * batch.add(new TextRequest(prompt, settings, 0, listener));
 * while (batch.size() > 0) {
 *     batch.step();
 * }
 * }</pre>
 */
public final class TextBatch {
    /** The maximum number of prompt tokens that are read between two steps, so that a long one does not hold up the others. */
    static final int PIECE = 256;

    private final TextGenerator generator;
    private final LanguageModel model;
    private final KeyValueCache cache;
    private final KeyValueCache alone;
    private final List<RunningText> running = new ArrayList<>();
    private final Deque<RunningText> unread = new ArrayDeque<>();
    private final UnknownTokens unknown;
    private final int maxTexts;

    /** Room for {@code maxTexts} texts at once; memory is taken for what is there. */
    public TextBatch(TextGenerator generator, int maxTexts) {
        this.generator = generator;
        this.model = generator.bundle().model();
        this.unknown = UnknownTokens.of(generator);
        this.maxTexts = (int) Check.positive("maxTexts", maxTexts);
        this.cache = model.cache(maxTexts, model.context()).vacant();
        this.alone = model.cache(1, model.context());
    }

    /** The number of texts that are being read or written. */
    public int size() {
        return running.size() + unread.size();
    }

    /** Whether no further text finds room. */
    public boolean isFull() {
        return size() == maxTexts;
    }

    /** Takes in a text, which is read and written with the next {@link #step}s. */
    public void add(TextRequest request) {
        Check.that(!isFull(), "a text must find room in the batch", maxTexts + " texts");
        int vocabulary = model.vocabulary();
        for (long token : request.prompt()) {
            Check.that(
                    token >= 0 && token < vocabulary,
                    "a prompt must have tokens from 0 to " + (vocabulary - 1)
                            + "; it may come from another model's tokenizer",
                    token);
        }
        unread.add(new RunningText(generator, request));
    }

    /**
     * Reads on in prompts, {@value #PIECE} tokens at most, and writes the next token of every text whose prompt was read.
     * Those that have ended, or that nobody wants any more, leave.
     */
    public void step() {
        for (int row = running.size() - 1; row >= 0; row--) {
            if (!running.get(row).isWanted()) {
                leave(row).end(false);
            }
        }
        read();
        if (!running.isEmpty()) {
            write();
        }
    }

    /** Reads the prompts that wait, the oldest first and each for itself. */
    private void read() {
        int left = PIECE;
        while (left > 0 && !unread.isEmpty()) {
            RunningText text = unread.element();
            if (!text.isWanted()) {
                text.end(false);
                forget();
                continue;
            }
            long[] seen = text.seen();
            int from = alone.length();
            int count = Math.min(left, seen.length - from);
            left -= count;
            try (Scope scope = Scope.inference()) {
                Tensor tokens = Tensor.of(Arrays.copyOfRange(seen, from, from + count), 1, count); // [1, sequence]
                Tensor all = model.hidden(tokens, alone); // [1, sequence, hidden]
                if (text.scoresPrompt()) {
                    text.scorePrompt(from, model.logits(all).toFloats(), model.vocabulary());
                }
                if (from + count == seen.length) {
                    begin(text, written(model.logits(all.select(1, -1))));
                }
            }
        }
    }

    /** Lets a text that was read join the others, unless it ends at once. {@code logits}: [vocabulary]. */
    private void begin(RunningText text, float[] logits) {
        RunningText.Next next = text.choose(logits, alone.length() == model.context());
        if (next == RunningText.Next.GO_ON) {
            cache.join(alone);
            running.add(text);
        }
        forget();
        if (next == RunningText.Next.READ_AGAIN) {
            unread.add(text);
        }
    }

    /** The text that is being read is no longer. */
    private void forget() {
        unread.remove();
        alone.truncate(0);
    }

    private void write() {
        float[] logits = logits();
        int vocabulary = logits.length / running.size();
        for (int row = running.size() - 1; row >= 0; row--) { // backwards: who leaves is replaced by the last
            float[] own = Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary);
            RunningText.Next next = running.get(row).choose(own, cache.length(row) == model.context());
            if (next != RunningText.Next.GO_ON) {
                RunningText left = leave(row);
                if (next == RunningText.Next.READ_AGAIN) {
                    unread.add(left);
                }
            }
        }
    }

    /** Logits behind the last token of each text, [texts * vocabulary]. */
    private float[] logits() {
        try (Scope scope = Scope.inference()) {
            long[] last = running.stream().mapToLong(RunningText::last).toArray();
            Tensor hidden = model.hidden(Tensor.of(last, last.length, 1), cache).select(1, -1); // [texts, hidden]
            return written(model.logits(hidden));
        }
    }

    /** The numbers of {@code logits}, [.., vocabulary], with which only tokens of the tokenizer are written. */
    private float[] written(Tensor logits) {
        float[] numbers = logits.toFloats();
        unknown.exclude(numbers, model.vocabulary());
        return numbers;
    }

    private RunningText leave(int row) {
        cache.leave(row);
        RunningText left = running.get(row);
        RunningText last = running.remove(running.size() - 1);
        if (row < running.size()) {
            running.set(row, last);
        }
        return left;
    }

    /** Gives all texts up without a word to their listeners. */
    public void clear() {
        while (!running.isEmpty()) {
            leave(running.size() - 1);
        }
        unread.clear();
        alone.truncate(0);
    }
}
