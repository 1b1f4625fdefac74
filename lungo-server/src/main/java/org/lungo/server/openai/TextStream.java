package org.lungo.server.openai;

import java.util.List;
import org.lungo.deploy.text.TokenScore;
import org.lungo.deploy.text.Written;
import org.lungo.server.http.HttpFailure;

/** Choices as events, piece by piece. */
record TextStream(TextReply reply, TextOrder order, EventStream events, Scores scores) implements AnswerForm.Events {
    /** Says who speaks, where answers say it, and repeats the prompts, where that was asked for. */
    @Override
    public void begin() {
        int answers = reply.echo().size();
        for (int i = 0; i < answers && reply.shape() == TextShape.CHAT; i++) {
            events.send(reply.piece(reply.shape().opening(i)));
        }
        for (int i = 0; i < answers; i++) {
            if (!reply.echo().get(i).isEmpty()) {
                events.send(reply.piece(reply.shape().piece(i, reply.echo().get(i), null, null)));
            }
        }
    }

    @Override
    public boolean isWanted() {
        return !events.isBroken();
    }

    @Override
    public boolean wantsAnswers() {
        return scores.wantsAnswers();
    }

    @Override
    public void scored(int answer, TokenScore token) {
        scores.scored(answer, token);
    }

    @Override
    public boolean wantsPrompts() {
        return scores.wantsPrompts();
    }

    @Override
    public void prompted(int answer, TokenScore token) {
        scores.prompted(answer, token);
    }

    @Override
    public void written(int answer, String piece) {
        events.send(reply.piece(reply.shape().piece(answer, piece, scores.take(answer), null)));
    }

    @Override
    public void ended(int answer, Written text) {
        events.send(reply.piece(reply.shape().piece(answer, "", scores.take(answer), TextReply.reason(text))));
    }

    @Override
    public void end(List<Written> texts) {
        if (order.form().usage()) {
            events.send(reply.usage(TextReply.usage(texts, order.choices())));
        }
        events.finish();
    }

    @Override
    public void fail(HttpFailure failure) {
        events.fail(OpenAiError.of(failure));
    }
}
