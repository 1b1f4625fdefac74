package org.lungo.server.openai;

import org.lungo.deploy.text.AnswersTexts;
import org.lungo.server.http.Call;
import org.lungo.server.registry.ServedModel;

/**
 * A request to a model that reads texts.
 *
 * @param deadline when it must have answered, by {@link System#nanoTime}
 */
record TextCall(Call call, ServedModel model, AnswersTexts texts, Fields fields, long deadline) {
    /** Finds the model that is asked, and lets the request in. */
    static TextCall begin(Call call) {
        Fields fields = new Fields(call.body());
        ServedModel model = call.model(fields.text("model"));
        AnswersTexts texts = model.ability(AnswersTexts.class, "is no language model");
        return new TextCall(call, model, texts, fields, call.admit(model));
    }
}
