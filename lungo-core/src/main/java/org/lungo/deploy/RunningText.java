package org.lungo.deploy;

import java.util.List;
import org.lungo.deploy.Continuation.Ending;
import org.lungo.preprocess.tokenizer.StreamDecoder;
import org.lungo.tensor.Random;

/** One text of a {@link TextBatch}: what stands there, and what is still to come. The tokens are those of {@link TextGenerator}. */
final class RunningText {
    private final TextGenerator generator;
    private final TextRequest request;
    private final List<Long> all;
    private final int begun;
    private final StopTexts text;
    private final StreamDecoder decoder;
    private Row row;
    private int part;

    RunningText(TextGenerator generator, TextRequest request) {
        this.generator = generator;
        this.request = request;
        this.all = generator.begin(request.prompt());
        this.begun = all.size();
        this.text = new StopTexts(
                request.settings().stops(), piece -> request.listener().written(piece));
        this.decoder = generator.bundle().tokenizer().stream();
        this.row = row();
    }

    private Row row() {
        TextGenerator.Settings settings = request.settings();
        Generator.Settings some = new Generator.Settings(
                settings.maxTokens() - tokens(), generator.ends(), settings.sampling(), settings.seed() + part);
        return new Row(0, seen(), some, Random.of(settings.seed() + part).stream("row", request.choice()));
    }

    /** The tokens that the model is to see before it goes on. */
    long[] seen() {
        return generator.seen(all);
    }

    private int tokens() {
        return all.size() - begun;
    }

    /** The token to go on with. */
    long last() {
        return all.get(all.size() - 1);
    }

    boolean isWanted() {
        return request.listener().isWanted();
    }

    /**
     * Chooses the next token by {@code logits}, [vocabulary].
     *
     * @param full whether the model's context is full
     * @return how it goes on
     */
    Next choose(float[] logits, boolean full) {
        boolean first = tokens() == 0;
        row.choose(
                logits,
                (index, token) -> {
                    all.add(token);
                    return text.add(decoder.add((int) token));
                },
                full);
        if (first) {
            request.listener().begun();
        }
        if (!row.isDone()) {
            return Next.GO_ON;
        }
        Ending ending = row.continuation().ending();
        if (ending == Ending.CONTEXT) {
            part++;
            row = row();
            return Next.READ_AGAIN;
        }
        end(ending != Ending.LENGTH);
        return Next.END;
    }

    /** Ends it where it stands. */
    void end(boolean stopped) {
        text.end(decoder.finish());
        request.listener()
                .ended(new TextGenerator.Written(
                        text.written(), request.prompt().size(), tokens(), stopped));
    }

    /** How a text goes on. */
    enum Next {
        /** With the token that was chosen. */
        GO_ON,
        /** With {@link RunningText#seen} read afresh, since the context was full. */
        READ_AGAIN,
        /** Not at all. */
        END
    }
}
