package org.lungo.server.openai;

import java.util.Collections;
import java.util.List;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.Written;

/** Answers as the {@code choices} of completions and conversations. */
record Choices(TextReply reply, TextOrder order, Scores scores) implements AnswerForm {
    /**
     * The form for one request.
     *
     * @param prompts what the answers to each prompt begin with: the prompt, or nothing
     */
    static Choices of(TextCall call, TextShape shape, TextOrder order, List<String> prompts) {
        List<String> echo = prompts.stream()
                .flatMap(text -> Collections.nCopies(order.choices(), text).stream())
                .toList();
        TokenLogprobs logprobs = order.form().likeliest() < 0
                ? null
                : new TokenLogprobs(
                        call.texts().bundle().tokenizer(),
                        shape,
                        echo.size(),
                        order.form().echo());
        TextReply reply = TextReply.begin(shape, call.model().id(), echo);
        return new Choices(reply, order, new Scores(logprobs, order.maxTokens() != 0));
    }

    @Override
    public TextQuestion.Pieces listener() {
        return scores;
    }

    @Override
    public Object whole(List<Written> texts) {
        return reply.whole(texts, scores, TextReply.usage(texts, order.choices()));
    }

    @Override
    public Events events(EventStream stream) {
        return new TextStream(reply, order, stream, scores);
    }
}
