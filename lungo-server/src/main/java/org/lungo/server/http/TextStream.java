package org.lungo.server.http;

import org.lungo.deploy.text.TextGenerator;
import org.lungo.server.registry.TextQuestion;

/** Texts as events, piece by piece. */
record TextStream(TextReply reply, EventStream events) implements TextQuestion.Pieces {
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
    public void written(int answer, String piece) {
        events.send(reply.piece(reply.shape().piece(answer, piece, null)));
    }

    @Override
    public void ended(int answer, TextGenerator.Written text) {
        events.send(reply.piece(reply.shape().piece(answer, "", TextReply.reason(text))));
    }
}
