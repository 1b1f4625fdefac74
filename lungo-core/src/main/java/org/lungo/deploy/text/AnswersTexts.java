package org.lungo.deploy.text;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.lungo.deploy.serving.Rejected;
import org.lungo.deploy.serving.WrongKindException;

/** The ability to turn texts into vectors and, of models that write, to continue texts: token by token, with log-probabilities. */
public interface AnswersTexts {
    /** The model and its tokenizer; passes of the model go through {@link #generate} and {@link #embed}. */
    TextBundle bundle();

    /** The maximum number of tokens of a text. */
    int maxTokens();

    /** Whether the model writes texts; one that does not can embed them alone. */
    boolean writes();

    /**
     * Refuses to write with a model that does not.
     *
     * @throws WrongKindException when it reads alone
     */
    void requireWriter();

    /**
     * How tokens are drawn where a request does not say.
     *
     * @throws WrongKindException when it writes none
     */
    Sampling sampling();

    /**
     * How its conversations are written.
     *
     * @throws WrongKindException when it writes none
     */
    ChatTemplate chat();

    /** The tokens of {@code text}. */
    List<Long> tokens(String text);

    /**
     * The answers, once all are there; {@link Rejected} when they are not in time.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already
     * @throws WrongKindException when the model writes nothing
     */
    CompletableFuture<List<Written>> generate(TextQuestion question, long deadline);

    /**
     * A vector for each text, [hidden], of length 1; {@link Rejected} when they are not there in time.
     *
     * @param deadline by {@link System#nanoTime}
     */
    CompletableFuture<List<float[]>> embed(List<List<Long>> texts, long deadline);
}
