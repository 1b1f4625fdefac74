package org.lungo.deploy.template;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Templates of strangers end soon and within little memory, whatever they ask. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BudgetTest {
    private static final String STEPS = "line 1: a template may take 10000000 steps. Received: one that takes more";
    private static final String TEXT =
            "line 1: a template's text may have 8388608 characters. Received: one that has more";
    private static final String DEPTH = "line 1: a template may nest 500 deep. Received: one that nests deeper";
    private static final String BRACKETS = "line 1: a template may nest 100 deep. Received: one that nests deeper";

    @Test
    void boundsLoops() {
        fails("{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}", STEPS);
        fails("{{ [1] * 1000000000 }}", STEPS);
        fails("{{ [1] | batch(1000000000, 1) | list }}", STEPS);
        fails("{{ [1] | slice(1000000000) | list }}", STEPS);
        fails(doubling("ns.x", "[1]", "ns.x + ns.x", 100), STEPS);
    }

    @Test
    void boundsTexts() {
        fails("{% for i in range(100000) %}" + "a".repeat(100) + "{% endfor %}", TEXT);
        fails("{{ 'a' * 1000000000 }}", TEXT);
        fails("{{ ('a' * 4000000).replace('a', 'b' * 4000000) }}", TEXT);
        fails(doubling("ns.x", "'a'", "ns.x ~ ns.x", 100), TEXT);
        fails("{{ (['a' * 4000000] * 3) | join }}", TEXT);
        for (String wide : List.of(
                "'a' | center(2000000000)",
                "'a'.zfill(99999999999)",
                "'a'.ljust(2000000000)",
                "'%2000000000d' % 1",
                "'a' | indent(1000000000, true)",
                "[1] | tojson(indent=1000000000)")) {
            fails("{{ " + wide + " }}", TEXT);
        }
    }

    /** The same long texts looked at again and again cost steps, too. */
    @Test
    void boundsLooksAtLongTexts() {
        String texts = "{% set s = 'é' * 8000000 %}{% set t = 'é' * 8000000 %}{% for i in range(100000) %}{{ ";
        for (String look : List.of("s == t", "s < t", "s|length", "s[-1]", "s[1:]|length", "'b' in s", "s.find('b')")) {
            fails(texts + look + " }}{% endfor %}", STEPS);
        }
    }

    @Test
    void boundsValuesThatHoldThemselvesOften() {
        for (String seen : List.of("x", "x | tojson", "x | string", "x == y", "x < y")) {
            fails(
                    "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x] %}"
                            + "{% set ns.y = [ns.y, ns.y] %}{% endfor %}{% set x = ns.x %}{% set y = ns.y %}{{ " + seen
                            + " }}",
                    STEPS);
        }
    }

    @Test
    void boundsDepth() throws InterruptedException {
        onSmallStack(() -> {
            fails("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", DEPTH);
            fails("{% macro f() %}{% for x in [1] %}{{ 1 + f() }}{% endfor %}{% endmacro %}{{ f() }}", DEPTH);
            fails(doubling("ns.x", "[1]", "[ns.x]", 100000), DEPTH);
            fails("{{ 1" + " + 1".repeat(1000) + " }}", DEPTH);
            fails("{{ a" + " | trim".repeat(1000) + " }}", DEPTH);
            fails("{% if false %}" + "{% elif false %}".repeat(1000) + "{% endif %}", DEPTH);
            fails("{{ " + "(".repeat(1000) + ")".repeat(1000) + " }}", BRACKETS);
            fails("{{ " + "[".repeat(1000) + "]".repeat(1000) + " }}", BRACKETS);
            fails("{{ " + "not ".repeat(100000) + " }}", BRACKETS);
            fails("{{ " + " -".repeat(100000) + " }}", BRACKETS);
            fails("{% if true %}".repeat(1000), BRACKETS);
        });
    }

    /** A thread that has less room than those of the server have. */
    private static void onSmallStack(Runnable test) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(null, test, "small stack", 512 << 10);
        thread.setUncaughtExceptionHandler((where, thrown) -> failure[0] = thrown);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw new AssertionError(failure[0]);
        }
    }

    @Test
    void boundsNumbers() {
        String large = "line 1: whole numbers must fit into 64 bits. Received: a larger one";
        fails("{{ 9 ** 999999999999 }}", large);
        fails("{{ 9223372036854775807 + 1 }}", large);
        fails("{{ -9223372036854775807 - 2 }}", large);
        fails("{{ 1e300 | int }}", large);
        fails(
                "{{ 9223372036854775808 }}",
                "line 1: whole numbers must fit into 64 bits. Received: 9223372036854775808");
        fails("{{ '%.100000f' % 1 }}", "line 1: a format may ask for 400 digits. Received: 100000");
        renders("{{ 1 ** 999999999999 }}{{ (-1) ** 999999999999 }}{{ 1.5 | round(1000000000) }}", "1-11.5");
        fails("{{ range(10 ** 18) }}", "line 1: range may give 100000 numbers. Received: one that gives more");
    }

    /** A search whose time grew with the product of two lengths would take hours. */
    @Test
    void searchesInTimeThatGrowsWithTheText() {
        renders(
                "{% set a = 'a' * 4000000 %}{% set b = 'a' * 2000000 %}{{ a.find(b ~ 'b') }} {{ a.rfind('b' ~ b) }} "
                        + "{{ a.count(b) }} {{ (a ~ 'b').find(b ~ 'b') }} {{ ('b' ~ a).rfind('b' ~ b) }}",
                "-1 -1 2 2000000 0");
        renders("{{ ('a' * 4000000).strip('b' * 4000000 ~ 'a') }}", "");
        renders(
                "{{ ('ab ' * 1000000).split() | length }} {{ ('ab ' * 1000000).rsplit() | length }}",
                "1000000 1000000");
    }

    /** Values from outside have a depth, too. */
    @Test
    void boundsValuesFromOutside() {
        Object deep = List.of();
        for (int i = 0; i < 1000; i++) {
            deep = List.of(deep);
        }
        Object value = deep;
        assertThatThrownBy(() -> Template.of("a").render(Map.of("deep", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values of a template may nest 500 deep. Received: one that nests deeper");
    }

    private static String doubling(String name, String start, String next, int times) {
        return "{% set ns = namespace(x=" + start + ") %}{% for i in range(" + times + ") %}{% set " + name + " = "
                + next + " %}{% endfor %}{{ ns.x }}";
    }
}
