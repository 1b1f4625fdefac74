package org.lungo.deploy.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of a conversation with tools, and what a template makes of them. */
final class Conversation {
    private static final Map<String, Object> VALUES = values();

    private Conversation() {}

    private static Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put(
                "messages",
                List.of(
                        message("system", " Be brief. "),
                        message("user", "Hé 😀?"),
                        message("assistant", "<think>why</think>\n\nBecause. "),
                        message("user", "<b> & \"c\" 'd'")));
        Map<String, Object> properties =
                map("city", map("type", "string"), "days", map("type", "integer", "enum", List.of(1, 2)));
        Map<String, Object> parameters = map("type", "object", "properties", properties, "required", List.of("city"));
        values.put(
                "tools",
                List.of(map("type", "function", "function", map("name", "weather", "parameters", parameters))));
        values.put("bos_token", "<s>");
        values.put("eos_token", "</s>");
        values.put("add_generation_prompt", true);
        values.put("raise_exception", (TemplateFunction) arguments -> {
            throw new TemplateException(arguments.single("raise_exception"));
        });
        return values;
    }

    private static Map<String, Object> message(String role, String content) {
        return map("role", role, "content", content);
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static String render(String template) {
        return Template.of(template).render(VALUES);
    }

    static void renders(String template, String expected) {
        assertThat(render(template)).as(template).isEqualTo(expected);
    }

    static void fails(String template, String message) {
        assertThatThrownBy(() -> render(template))
                .as(template)
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }
}
