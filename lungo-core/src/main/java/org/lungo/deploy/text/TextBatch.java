package org.lungo.deploy.text;

import java.util.ArrayList;
import java.util.Arrays;
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
    private final TextGenerator generator;
    private final LanguageModel model;
    private final KeyValueCache cache;
    private final List<RunningText> running = new ArrayList<>();
    private final int most;

    /** Room for {@code most} texts at once; their keys and values take memory from the start. */
    public TextBatch(TextGenerator generator, int most) {
        this(generator, most, generator.bundle().model().context());
    }

    private TextBatch(TextGenerator generator, int most, int capacity) {
        this.generator = generator;
        this.model = generator.bundle().model();
        this.most = (int) Check.positive("most", most);
        this.cache = model.cache(most, capacity).vacant();
    }

    /** A batch that is made for {@code request}, and has begun it. */
    static TextBatch alone(TextGenerator generator, TextRequest request) {
        long longest =
                Math.max(1, request.prompt().size()) + (long) request.settings().maxTokens();
        int context = generator.bundle().model().context();
        TextBatch batch = new TextBatch(generator, 1, (int) Math.min(context, longest));
        batch.add(request);
        return batch;
    }

    /** The number of texts that are being written. */
    public int size() {
        return running.size();
    }

    /** Whether no further text finds room. */
    public boolean isFull() {
        return running.size() == most;
    }

    /** Reads a prompt and writes the first token behind it; the text goes on with each {@link #step}. */
    public void add(TextRequest request) {
        Check.that(!isFull(), "a text must find room in the batch", most + " texts");
        int vocabulary = model.vocabulary();
        for (long token : request.prompt()) {
            Check.that(
                    token >= 0 && token < vocabulary,
                    "a prompt must have tokens from 0 to " + (vocabulary - 1)
                            + "; it may come from another model's tokenizer",
                    token);
        }
        read(new RunningText(generator, request));
    }

    /** Reads what the model is to see of a text, alone, and lets it join the others unless it ends at once. */
    private void read(RunningText text) {
        RunningText.Next next = RunningText.Next.READ_AGAIN;
        while (next == RunningText.Next.READ_AGAIN) {
            try (Scope scope = Scope.inference()) {
                long[] seen = text.seen();
                KeyValueCache alone = model.cache(1, seen.length);
                Tensor tokens = Tensor.of(seen, 1, seen.length); // [1, sequence]
                Tensor hidden = model.hidden(tokens, alone).select(1, -1); // [1, hidden]
                float[] logits = model.logits(hidden).toFloats(); // [vocabulary]
                next = text.choose(logits, seen.length == model.context());
                if (next == RunningText.Next.GO_ON) {
                    cache.join(alone);
                    running.add(text);
                }
            }
        }
    }

    /** Writes the next token of every text. Those that have ended, or that nobody wants any more, leave. */
    public void step() {
        for (int row = running.size() - 1; row >= 0; row--) {
            if (!running.get(row).isWanted()) {
                leave(row).end(false);
            }
        }
        if (running.isEmpty()) {
            return;
        }
        float[] logits = logits();
        int vocabulary = logits.length / running.size();
        List<RunningText> again = new ArrayList<>();
        for (int row = running.size() - 1; row >= 0; row--) { // backwards: who leaves is replaced by the last
            float[] own = Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary);
            RunningText.Next next = running.get(row).choose(own, cache.length(row) == model.context());
            if (next != RunningText.Next.GO_ON) {
                RunningText left = leave(row);
                if (next == RunningText.Next.READ_AGAIN) {
                    again.add(left);
                }
            }
        }
        again.forEach(this::read);
    }

    /** Logits behind the last token of each text, [texts * vocabulary]. */
    private float[] logits() {
        try (Scope scope = Scope.inference()) {
            long[] last = running.stream().mapToLong(RunningText::last).toArray();
            Tensor hidden = model.hidden(Tensor.of(last, last.length, 1), cache).select(1, -1); // [texts, hidden]
            return model.logits(hidden).toFloats();
        }
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
    }
}
