package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Tags; expected from Jinja2 3.1.6. */
class StatementTest {
    @Test
    void branches() {
        renders("{% if true %}a{% endif %}", "a");
        renders("{% if false %}a{% elif false %}b{% elif true %}c{% else %}d{% endif %}", "c");
        renders("{% if '' %}a{% else %}b{% endif %}", "b");
        renders("{% if false %}a{% elif false %}b{% endif %}", "");
        renders("{% if messages[0]['role'] == 'system' and not tools is none %}a{% endif %}", "a");
        renders("{% if true: %}a{% endif %}", "a");
        renders("{% if false %}{{ nothing.x }}{% endif %}", "");
        renders("{% if true %}{% if false %}a{% else %}b{% endif %}{% endif %}", "b");
    }

    @Test
    void setsVariables() {
        renders("{% set a = 1 %}{{ a }}", "1");
        renders("{% set a, b = 1, 2 %}{{ a }}{{ b }}", "12");
        renders("{% set (a, b) = [1, 2] %}{{ b }}", "2");
        renders("{% set a = 1, 2 %}{{ a }}", "(1, 2)");
        fails("{% set a, b = (1,) %}", "line 1: 2 values to unpack were expected. Received: 1 values");
        fails("{% set a, b = 5 %}", "line 1: a list, a map or a text was expected. Received: int");
        renders("{% set a = 1 %}{% if true %}{% set a = 2 %}{% endif %}{{ a }}", "2");
        renders("{% set a = a | default(5) %}{{ a }}", "5");
        renders("{%\n  set a\n  = 1\n%}{{\na\n}}", "1");
        renders("{% set messages = messages[1:] %}{{ messages[0].role }}", "user");
        renders("{% set range = 5 %}{{ range }}", "5");
    }

    @Test
    void setsBlocks() {
        renders("{% set a %}x{{ 1 }}{% endset %}{{ a }}{{ a is string }}", "x1True");
        renders("{% set a | upper | replace('X', '-') %}xy{% endset %}{{ a }}", "-Y");
        renders("{% set a %}{% set b = 1 %}{% endset %}{{ b is defined }}", "False");
        renders("{% set a | length %}abc{% endset %}{{ a + 1 }}", "4");
    }

    @Test
    void keepsNamespaces() {
        renders(
                "{% set ns = namespace(n=0, found=false) %}{% for m in messages %}{% set ns.n = ns.n + "
                        + "m.content|length %}{% if m.role == 'user' %}{% set ns.found = true %}{% endif %}{% endfor "
                        + "%}{{ ns.n }}{{ ns.found }}",
                "58True");
        renders(
                "{% set ns = namespace(last=messages|length - 1) %}{{ ns.last }}{{ ns['last'] }}{{ "
                        + "ns.nosuch is defined }}",
                "33False");
        renders("{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a + ns.b }}", "3");
        renders("{% set ns = namespace() %}{% set ns.a, b = 1, 2 %}{{ ns.a }}{{ b }}", "12");
        fails("{% set a = {} %}{% set a.b = 1 %}", "line 1: a must be a namespace to set an attribute. Received: dict");
        fails(
                "{% set nosuch.b = 1 %}",
                "line 1: nosuch must be a namespace to set an attribute. Received: nosuch, which is not " + "defined");
        fails("{{ namespace(1) }}", "line 1: a map was expected. Received: int");
        fails("{{ namespace({}, {}) }}", "line 1: namespace takes one map. Received: 2");
        renders("{% set ns = namespace(inner=namespace(x=1)) %}{{ ns.inner.x }}", "1");
    }

    @Test
    void filtersBlocks() {
        renders("{% filter upper %}a{{ 'b' }}{% endfilter %}", "AB");
        renders("{% filter upper | replace('A', '-') | trim %} ab {% endfilter %}", "-B");
        renders("{% filter upper %}{% set a = 1 %}{% endfilter %}{{ a is defined }}", "False");
        fails(
                "{% filter nosuch %}{% endfilter %}",
                "line 1: a filter of Jinja2 was expected. Received: nosuch, which is unknown");
    }

    @Test
    void hasInnerBlocks() {
        renders("{% generation %}a{% set b = 1 %}{{ b }}{% endgeneration %}{{ b is defined }}", "a1False");
        renders(
                "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% "
                        + "endgeneration %}{% endif %}{% endfor %}",
                "<think>why</think>\n\nBecause. ");
        renders("{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}", "12False");
        renders("{% set a = 1 %}{% with a = 2, b = a %}{{ b }}{% endwith %}{{ a }}", "11");
        renders("{% print 1, 'a' %}", "1a");
    }

    @Test
    void namesWhatItDoesNotKnow() {
        fails(
                "A{% frob %}B",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: frob");
        fails(
                "{% do messages %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: do");
        fails(
                "{% include 'x' %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: include");
        fails(
                "{% endif %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: endif");
        fails(
                "{% else %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: else");
        fails("{% if true %}", "line 1: {% elif or else or endif %} was expected. Received: the end of the template");
        fails(
                "{% for x in [1] %}{% endif %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: endif");
        fails(
                "{% 5 %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: 5");
        fails(
                "{% %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: %}");
        fails("{% if %}{% endif %}", "line 1: a value was expected. Received: %}");
        fails(
                "{% if true %}a{% else %}b{% elif true %}c{% endif %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: elif");
        fails("{% set 5 = 1 %}", "line 1: a name was expected. Received: 5");
        fails("{% set a = %}", "line 1: a value was expected. Received: %}");
        fails("{% for in x %}{% endfor %}", "line 1: in was expected. Received: x");
        fails("{% for m in %}{% endfor %}", "line 1: a value was expected. Received: %}");
        fails("{% if true }}{% endif %}", "line 1: a bracket that is open was expected. Received: }");
        fails("{{ 1 %}", "line 1: a bracket that is open was expected. Received: }");
    }
}
