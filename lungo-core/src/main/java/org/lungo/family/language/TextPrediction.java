package org.lungo.family.language;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.batch.TextFileJob;
import org.lungo.deploy.text.Written;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.UnknownCharacters;
import org.lungo.tensor.Scope;
import tools.jackson.databind.node.ObjectNode;

/**
 * Continues the texts of a file, or turns them into vectors. Each becomes a JSON line with its own fields and those that the
 * server answers.
 *
 * @param texts how many were answered
 * @param tokens that were written; of a model that reads alone, that were read
 */
public record TextPrediction(long texts, long tokens) {
    private static final int TEXTS_AT_ONCE = 256;
    private static final String EXPECTED = "an object with a text in 'text'";

    /**
     * Continues the texts of the job's input: lines, or JSON lines with {@code prompt} or {@code text} and, of each, how. A
     * line's random numbers depend on its seed alone, not on the lines around it.
     *
     * @param maxTexts the maximum number of texts that are written at once
     * @throws org.lungo.data.DataException naming the line that cannot be used, before anything is written
     * @throws org.lungo.data.BusyException when another process writes the output
     */
    public static TextPrediction write(TextGenerator generator, int maxTexts, TextFileJob job) throws IOException {
        return job.write(out -> {
            UnknownCharacters unknown = new UnknownCharacters(generator.bundle().tokenizer());
            job.forEach(
                    TEXTS_AT_ONCE,
                    lines -> lines.forEach(line ->
                            unknown.read(Prompt.of(line, generator).asked().prompt())));
            note(unknown, job);
            Answered answered = new Answered(job);
            try (Scope scope = Scope.open()) {
                TextBatch batch = new TextBatch(generator, maxTexts);
                job.forEach(TEXTS_AT_ONCE, lines -> {
                    List<Prompt> prompts = lines.stream()
                            .map(line -> Prompt.of(line, generator))
                            .toList();
                    List<Written> all = written(batch, prompts, text -> answered.add(text.tokens()));
                    for (int i = 0; i < all.size(); i++) {
                        TextFileJob.writeLine(out, prompts.get(i).asked().fields(), TextAnswerer.fields(all.get(i)));
                    }
                });
            }
            return answered.all();
        });
    }

    private static void note(UnknownCharacters unknown, TextFileJob job) {
        String place =
                " (in " + unknown.texts() + (unknown.texts() == 1 ? " text of " : " texts of ") + job.input() + ")";
        unknown.note().ifPresent(note -> job.listener().noted(note + place));
    }

    /** What was answered so far. */
    private static final class Answered {
        private final TextFileJob job;
        private long texts;
        private long tokens;

        Answered(TextFileJob job) {
            this.job = job;
        }

        void add(int some) {
            texts++;
            tokens += some;
            job.answered(texts);
        }

        TextPrediction all() {
            return new TextPrediction(texts, tokens);
        }
    }

    /** Texts that end make room for the next. */
    private static List<Written> written(TextBatch batch, List<Prompt> prompts, Consumer<Written> ended) {
        @Nullable Written[] all = new Written[prompts.size()];
        int next = 0;
        while (next < all.length || batch.size() > 0) {
            while (next < all.length && !batch.isFull()) {
                Prompt prompt = prompts.get(next);
                batch.add(new TextRequest(prompt.tokens(), prompt.asked().settings(), 0, listener(all, next, ended)));
                next++;
            }
            batch.step();
        }
        return Arrays.stream(all).map(Objects::requireNonNull).toList();
    }

    private static TextRequest.Listener listener(@Nullable Written[] all, int place, Consumer<Written> ended) {
        return new TextRequest.Listener() {
            @Override
            public boolean isWanted() {
                return true;
            }

            @Override
            public void written(String piece) {}

            @Override
            public void begun() {}

            @Override
            public void ended(Written text) {
                all[place] = text;
                ended.accept(text);
            }
        };
    }

    /** A text to continue, in tokens. One that is written on needs room for one more. */
    private record Prompt(AskedText asked, List<Long> tokens) {
        static Prompt of(TextFileJob.Line line, TextGenerator generator) {
            AskedText asked = AskedText.of(
                    line, TextAnswerer.few(generator.bundle().defaults().sampling()));
            int maxTokens = generator.bundle().context() - 1;
            return new Prompt(
                    asked, tokensOf(line, asked.prompt(), generator.bundle().tokenizer(), 0, maxTokens));
        }
    }

    /**
     * Turns the texts of the job's input, lines or JSON lines with {@code text}, into vectors.
     *
     * @throws org.lungo.data.DataException naming the line that cannot be used, before anything is written
     * @throws org.lungo.data.BusyException when another process writes the output
     */
    public static TextPrediction embed(TextEmbedder embedder, TextFileJob job) throws IOException {
        return job.write(out -> {
            UnknownCharacters unknown = new UnknownCharacters(embedder.bundle().tokenizer());
            job.forEach(
                    TEXTS_AT_ONCE,
                    lines -> lines.forEach(line -> unknown.read(
                            Read.of(line, embedder).fields().path("text").asString())));
            note(unknown, job);
            Answered answered = new Answered(job);
            job.forEach(TEXTS_AT_ONCE, lines -> {
                for (TextFileJob.Line line : lines) {
                    Read read = Read.of(line, embedder);
                    TextFileJob.writeLine(out, read.fields(), TextAnswerer.fields(embedder.embed(read.tokens())));
                    answered.add(read.tokens().size());
                }
            });
            return answered.all();
        });
    }

    /** A text to embed, in tokens. */
    private record Read(ObjectNode fields, List<Long> tokens) {
        static Read of(TextFileJob.Line line, TextEmbedder embedder) {
            ObjectNode fields = line.fields(EXPECTED);
            if (!fields.path("text").isString()) {
                throw line.expected(EXPECTED);
            }
            String text = fields.get("text").asString();
            return new Read(fields, tokensOf(line, text, embedder.bundle().tokenizer(), 1, embedder.maxTokens()));
        }
    }

    private static List<Long> tokensOf(TextFileJob.Line line, String text, Tokenizer tokenizer, int min, int max) {
        int[] ids;
        try {
            ids = tokenizer.encode(text);
        } catch (IllegalArgumentException e) {
            throw line.refused("the text cannot be read by this model's tokenizer: " + e.getMessage());
        }
        if (ids.length < min || ids.length > max) {
            throw line.refused("the text must have " + (min == 0 ? "at most " : min + " to ") + max
                    + " tokens, for the model's context. Received: " + ids.length + " tokens; "
                    + (ids.length > max ? "shorten it, or use a model with a longer context" : "leave it out"));
        }
        List<Long> tokens = new ArrayList<>();
        for (int id : ids) {
            tokens.add((long) id);
        }
        return tokens;
    }
}
