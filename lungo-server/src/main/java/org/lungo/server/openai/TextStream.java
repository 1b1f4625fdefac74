package org.lungo.server.openai;

import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.TokenScore;
import org.lungo.deploy.text.Written;

/**
 * Texts as events, piece by piece.
 *
 * @param logprobs those of tokens, or null where they were not asked for
 */
record TextStream(
        TextReply reply, EventStream events, @Nullable TokenLogprobs logprobs) implements TextQuestion.Pieces {
    /** Says who speaks, where answers say it, and repeats the prompts, where that was asked for. */
    void begin(int answers) {
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
    public void scored(int answer, TokenScore token) {
        if (logprobs != null) {
            logprobs.scored(answer, token);
        }
    }

    @Override
    public boolean wantsPrompts() {
        return logprobs != null && logprobs.wantsPrompts();
    }

    @Override
    public void prompted(int answer, TokenScore token) {
        if (logprobs != null) {
            logprobs.prompted(answer, token);
        }
    }

    @Override
    public void written(int answer, String piece) {
        events.send(
                reply.piece(reply.shape().piece(answer, piece, logprobs == null ? null : logprobs.take(answer), null)));
    }

    @Override
    public void ended(int answer, Written text) {
        events.send(reply.piece(reply.shape()
                .piece(answer, "", logprobs == null ? null : logprobs.take(answer), TextReply.reason(text))));
    }
}
