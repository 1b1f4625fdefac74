package org.lungo.deploy.text;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.template.Arguments;
import org.lungo.deploy.template.Strftime;
import org.lungo.deploy.template.Template;
import org.lungo.deploy.template.TemplateException;
import org.lungo.deploy.template.TemplateFunction;

/**
 * A template as Hugging Face's tokenizers have them: Jinja, blocks trimmed, with {@code messages},
 * {@code add_generation_prompt}, {@code bos_token}, {@code eos_token}, {@code raise_exception} and {@code strftime_now}.
 */
final class JinjaTemplate implements ChatTemplate {
    private static final String REFUSED = "the model's chat template does not take this conversation: ";

    private final @Nullable Template template;
    private final String fault;
    private final String begin;
    private final String end;
    private final Clock clock;

    JinjaTemplate(String template, String begin, String end) {
        this(template, begin, end, Clock.systemDefaultZone());
    }

    /** A template that is not understood keeps no model from being loaded; conversations are refused. */
    JinjaTemplate(String template, String begin, String end, Clock clock) {
        Template parsed = null;
        String message = "";
        try {
            parsed = Template.of(template);
        } catch (TemplateException e) {
            message = String.valueOf(e.getMessage());
        }
        this.template = parsed;
        this.fault = message;
        this.begin = begin;
        this.end = end;
        this.clock = clock;
    }

    @Override
    public String render(List<Message> messages) {
        if (template == null) {
            throw new ChatTemplateException(REFUSED + fault);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("messages", messages.stream().map(JinjaTemplate::bound).toList());
        values.put("add_generation_prompt", true);
        values.put("bos_token", begin);
        values.put("eos_token", end);
        values.put("raise_exception", (TemplateFunction) JinjaTemplate::raise);
        values.put("strftime_now", Strftime.now(clock));
        try {
            return template.render(values);
        } catch (TemplateException e) {
            throw new ChatTemplateException(REFUSED + e.getMessage());
        }
    }

    /** Called by templates that do not take a conversation; what they say is the reason. */
    private static Object raise(Arguments arguments) {
        throw new ChatTemplateException(REFUSED + arguments.single("raise_exception"));
    }

    private static Map<String, Object> bound(Message message) {
        Map<String, Object> bound = new LinkedHashMap<>();
        bound.put("role", message.role());
        bound.put("content", message.content());
        return bound;
    }

    @Override
    public List<String> stops() {
        return end.isEmpty() ? List.of() : List.of(end);
    }
}
