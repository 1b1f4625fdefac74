package org.lungo.server.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.Written;
import org.lungo.server.http.HttpFailure;

/** A response as events: begun, its message and its text opened, the text piece by piece, then everything closed. */
final class ResponseEvents implements AnswerForm.Events {
    private final ResponseForm form;
    private final EventStream events;
    private int number;

    ResponseEvents(ResponseForm form, EventStream events) {
        this.form = form;
        this.events = events;
    }

    @Override
    public void begin() {
        send("response.created", Map.of("response", form.begun()));
        send("response.in_progress", Map.of("response", form.begun()));
        send("response.output_item.added", item(form.message("in_progress", List.of())));
        send("response.content_part.added", content("part", ResponseForm.part("")));
    }

    @Override
    public boolean isWanted() {
        return !events.isBroken();
    }

    @Override
    public void written(int answer, String piece) {
        Map<String, Object> delta = content("delta", piece);
        delta.put("logprobs", List.of());
        send("response.output_text.delta", delta);
    }

    @Override
    public void end(List<Written> texts) {
        Written text = texts.get(0);
        Map<String, Object> done = content("text", text.text());
        done.put("logprobs", List.of());
        send("response.output_text.done", done);
        send("response.content_part.done", content("part", ResponseForm.part(text.text())));
        String status = ResponseForm.status(text);
        send("response.output_item.done", item(form.message(status, List.of(ResponseForm.part(text.text())))));
        send("response." + status, Map.of("response", form.ended(text)));
        events.close();
    }

    @Override
    public void fail(HttpFailure failure) {
        send("error", OpenAiError.fields(failure));
        send("response.failed", Map.of("response", form.failed(failure)));
        events.close();
    }

    private static Map<String, Object> item(Map<String, Object> message) {
        return Map.of("output_index", 0, "item", message);
    }

    /** What is said of the one text of the one message. */
    private Map<String, Object> content(String name, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("item_id", form.item());
        fields.put("output_index", 0);
        fields.put("content_index", 0);
        fields.put(name, value);
        return fields;
    }

    /** Numbers the events; they come from one thread at a time. */
    private synchronized void send(String type, Map<String, ? extends @Nullable Object> fields) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.put("sequence_number", number++);
        event.putAll(fields);
        event.put("type", type); // an error has a type of its own
        events.send(type, event);
    }
}
