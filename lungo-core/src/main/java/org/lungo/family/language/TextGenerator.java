package org.lungo.family.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Written;
import org.lungo.model.Precision;
import org.lungo.tensor.Scope;

/**
 * Writes on where a text ends.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     TextGenerator generator = TextGenerator.load(Path.of("runs/corpus-001"));
 *     generator.generate("Once upon a time", GenerationSettings.DEFAULTS, System.out::print);
 * }
 * }</pre>
 *
 * <p>A text may grow longer than the model's context: the model then sees the last half of it and what it writes next. Threads may
 * generate with one model at once.
 *
 * @param ends the tokens that end a text
 */
public record TextGenerator(LanguageBundle bundle, Set<Long> ends) {
    public TextGenerator {
        ends = Set.copyOf(ends);
    }

    /** Is given the text as it is written, in pieces of whole characters. */
    @FunctionalInterface
    public interface Output {
        /** Takes the next piece. */
        void write(String text);
    }

    /** Reads a run, its model folder, or a folder of Hugging Face's. The model lives in the scope that is open now. */
    public static TextGenerator load(Path folder) throws IOException {
        return load(folder, null);
    }

    /** As {@link #load(Path)}, the weights held in {@code precision}, or as they are stored where it is null. */
    public static TextGenerator load(Path folder, @Nullable Precision precision) throws IOException {
        LanguageBundle bundle = LanguageBundle.load(folder, precision);
        Set<Long> ends = new HashSet<>(bundle.defaults().generation().ends());
        ends.removeIf(id -> id < 0 || id >= bundle.vocabulary()); // the model never draws them
        Integer end = bundle.tokenizer().id(LanguageBundle.END);
        if (end != null) {
            ends.add((long) end);
        }
        return new TextGenerator(bundle, ends);
    }

    /**
     * Writes on.
     *
     * @throws IllegalArgumentException when the tokenizer cannot write the prompt, or it is as long as the context
     */
    public Written generate(String prompt, GenerationSettings settings, Output output) {
        return generate(tokens(prompt), settings, output);
    }

    /** The tokens of a prompt, which the model must be able to see as a whole. */
    int[] tokens(String prompt) {
        int[] tokens = bundle.tokenizer().encode(prompt);
        int most = bundle.context() - 1;
        if (tokens.length > most) {
            throw new IllegalArgumentException("the prompt must have at most " + most
                    + " tokens, for the model's context of " + bundle.context() + ". Received: " + tokens.length
                    + " tokens; shorten it, or use a model with a longer context");
        }
        return tokens;
    }

    /** Writes on behind the tokens {@code prompt}. */
    Written generate(int[] prompt, GenerationSettings settings, Output output) {
        List<Long> tokens = Arrays.stream(prompt).mapToObj(id -> (long) id).toList();
        Whole whole = new Whole(output);
        try (Scope scope = Scope.open()) {
            TextBatch batch = new TextBatch(this, 1);
            batch.add(new TextRequest(tokens, settings, 0, whole));
            while (batch.size() > 0) {
                batch.step();
            }
        }
        return Objects.requireNonNull(whole.written, "a text that left the batch has ended");
    }

    /** Waits for one text to its end. */
    private static final class Whole implements TextRequest.Listener {
        private final Output output;
        private @Nullable Written written;

        Whole(Output output) {
            this.output = output;
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public void begun() {}

        @Override
        public void written(String piece) {
            output.write(piece);
        }

        @Override
        public void ended(Written text) {
            written = text;
        }
    }

    /** The tokens of a text that has only its prompt. An empty one begins with the end of another text, else any token. */
    List<Long> begin(List<Long> prompt) {
        List<Long> all = new ArrayList<>(prompt);
        if (all.isEmpty()) {
            all.add(ends.stream().min(Long::compare).orElse(0L));
        }
        return all;
    }

    /** The end of the text that the model sees next: all of it, or what leaves half of the context free. */
    long[] seen(List<Long> all) {
        int context = bundle.model().context();
        int kept = all.size() < context ? all.size() : Math.max(1, context / 2);
        return all.subList(all.size() - kept, all.size()).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
