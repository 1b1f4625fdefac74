package org.lungo.server.openai;

import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.TokenScore;
import org.lungo.deploy.text.Written;

/**
 * Texts as events, piece by piece.
 *
 * @param odds those of tokens, or null where they were not asked for
 */
record TextStream(
        TextReply reply, EventStream events, @Nullable TokenOdds odds) implements TextQuestion.Pieces {
    /** Says who speaks, where answers say it. */
    void begin(int answers) {
        for (int i = 0; i < answers && reply.shape() == TextShape.CHAT; i++) {
            events.send(reply.piece(reply.shape().opening(i)));
        }
    }

    @Override
    public boolean isWanted() {
        return !events.isBroken();
    }

    @Override
    public void scored(int answer, TokenScore token) {
        if (odds != null) {
            odds.scored(answer, token);
        }
    }

    @Override
    public void written(int answer, String piece) {
        events.send(reply.piece(reply.shape().piece(answer, piece, odds == null ? null : odds.take(answer), null)));
    }

    @Override
    public void ended(int answer, Written text) {
        events.send(reply.piece(
                reply.shape().piece(answer, "", odds == null ? null : odds.take(answer), TextReply.reason(text))));
    }
}
