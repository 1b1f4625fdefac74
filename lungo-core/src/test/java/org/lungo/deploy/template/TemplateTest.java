package org.lungo.deploy.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void rendersTheSnippetOfItsDocumentation() {
        Template template = Template.of("{% for name in names %}Hello {{ name | title }}! {% endfor %}");
        assertThat(template.render(Map.of("names", List.of("ada", "alan")))).isEqualTo("Hello Ada! Hello Alan! ");
    }

    @Test
    void takesValuesFromOutside() {
        Map<String, Object> map = new HashMap<>();
        map.put("none", null);
        Map<String, Object> values = new HashMap<>(Map.of("whole", 1, "short", (short) 2, "real", 1.5f, "flag", true));
        values.put("nothing", null);
        values.put("map", map);
        values.put("list", Arrays.asList("a", null, 3L, 2.5));
        assertThat(Template.of("{{ [whole, short, real, flag, nothing, map, list] }}")
                        .render(values))
                .isEqualTo("[1, 2, 1.5, True, None, {'none': None}, ['a', None, 3, 2.5]]");
    }

    @Test
    void refusesOtherObjects() {
        assertThatThrownBy(() -> Template.of("").render(Map.of("thread", Thread.currentThread())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a template's values are maps, lists, texts, numbers, booleans, null and functions."
                        + " Received: java.lang.Thread");
    }

    @Test
    void callsFunctionsFromOutside() {
        TemplateFunction function = arguments -> List.of(arguments.single("f"), 1);
        assertThat(Template.of("{{ f('a') }}{{ f(5)[1] + 1 }}{{ f is callable }}")
                        .render(Map.of("f", function)))
                .isEqualTo("['a', 1]2True");
        assertThatThrownBy(() -> Template.of("{{ f(1, 2) }}").render(Map.of("f", function)))
                .isInstanceOf(TemplateException.class)
                .hasMessage("line 1: f takes one argument. Received: 2 arguments");
        TemplateFunction nothing = arguments -> null;
        assertThat(Template.of("{{ f() is none }}").render(Map.of("f", nothing)))
                .isEqualTo("True");
    }

    /** What a function from outside throws reaches the caller as it is. */
    @Test
    void letsExceptionsOfFunctionsThrough() {
        TemplateFunction function = arguments -> {
            throw new IllegalStateException("own");
        };
        assertThatThrownBy(() -> Template.of("{{ f() }}").render(Map.of("f", function)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("own");
    }

    @Test
    void namesTheLineOfAFailure() {
        Template template = Template.of("a\n{% if true %}\n  {{ 1 }}\n  {{ nothing.x }}\n{% endif %}");
        assertThatThrownBy(() -> template.render(Map.of()))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.line()).isEqualTo(4))
                .hasMessage("line 4: a value was expected. Received: nothing, which is not defined");
        assertThatThrownBy(() -> Template.of("a\n\n{% for %}"))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.line()).isEqualTo(3))
                .hasMessage("line 3: a name was expected. Received: %}");
        assertThatThrownBy(() -> Template.of("{% if false %}\n{% elif nothing.x %}\n{% endif %}")
                        .render(Map.of()))
                .hasMessageStartingWith("line 2: ");
    }

    /** One template answers many threads; what one of them sets, no other sees. */
    @Test
    void isSharedByThreads() {
        Template template = Template.of("{% set ns = namespace(n=0) %}{% for i in range(100) %}"
                + "{% set ns.n = ns.n + k %}{% endfor %}{{ ns.n }}");
        List<String> written = new ArrayList<>(IntStream.range(0, 200)
                .parallel()
                .mapToObj(k -> template.render(Map.of("k", k)))
                .toList());
        assertThat(written)
                .isEqualTo(IntStream.range(0, 200)
                        .mapToObj(k -> String.valueOf(100 * k))
                        .toList());
    }

    /** What a conversation says is never read as a template. */
    @Test
    void runsNothingOfWhatValuesSay() {
        String text = "{{ 7 * 7 }}{% raw %}{# c #}";
        assertThat(Template.of("{{ text }}{{ text | upper }}").render(Map.of("text", text)))
                .isEqualTo(text + text.toUpperCase(Locale.ROOT));
    }

    @Test
    void refusesToPrintWhatHasNoText() {
        for (String value : List.of("range", "[1] | select", "namespace()", "'a'.upper", "[range]")) {
            assertThatThrownBy(() -> Template.of("{{ " + value + " }}").render(Map.of()))
                    .as(value)
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining("a value that can be written was expected. Received: ");
        }
    }
}
