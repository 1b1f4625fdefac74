package org.lungo.server.openai;

import java.util.List;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.Written;
import org.lungo.server.http.HttpFailure;

/** The form in which the answers to one request go out: whole, or as events while they are written. */
interface AnswerForm {
    /** Hears of answers that go out whole, while they are written. */
    TextQuestion.Pieces listener();

    /** All answers as one object of JSON. */
    Object whole(List<Written> texts);

    /** The answers as events of {@code stream}. */
    Events events(EventStream stream);

    /** Sends what it hears. */
    interface Events extends TextQuestion.Pieces {
        /** Sends what comes before the first token. */
        void begin();

        /** Sends what comes after the last token, and ends. */
        void end(List<Written> texts);

        /** Sends an error, and ends. */
        void fail(HttpFailure failure);
    }
}
