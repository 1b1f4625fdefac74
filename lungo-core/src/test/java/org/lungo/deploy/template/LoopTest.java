package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Loops; expected from Jinja2 3.1.6. */
class LoopTest {
    @Test
    void goesThroughItems() {
        renders("{% for x in [1, 2] %}{{ x }},{% endfor %}", "1,2,");
        renders("{% for x in 'a😀' %}{{ x }},{% endfor %}", "a,😀,");
        renders("{% for k in {'a': 1, 'b': 2} %}{{ k }}{% endfor %}", "ab");
        renders("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}", "a=1;b=2;");
        renders("{% for k, v in messages[0] | items %}{{ k }};{% endfor %}", "role;content;");
        renders("{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "123");
        renders("{% for x in 1, 2 %}{{ x }}{% endfor %}", "12");
        renders("{% for x in range(messages|length - 1, -1, -1) %}{{ x }}{% endfor %}", "3210");
        fails("{% for a, b in [[1]] %}{% endfor %}", "line 1: 2 values to unpack were expected. Received: 1 values");
        fails("{% for x in 5 %}{% endfor %}", "line 1: a list, a map or a text was expected. Received: int");
        fails("{% for x in none %}{% endfor %}", "line 1: a list, a map or a text was expected. Received: None");
    }

    @Test
    void takesSomeItems() {
        renders("{% for x in [1, 2, 3] if x is odd %}{{ x }}{{ loop.length }}{% endfor %}", "1232");
        renders("{% for m in messages if m.role == 'user' %}{{ loop.index }}{% endfor %}", "12");
        renders("{% for x in [1] if x > 1 %}a{% else %}none{% endfor %}", "none");
    }

    @Test
    void hasAnElse() {
        renders("{% for x in [] %}a{% else %}none{% endfor %}", "none");
        renders("{% for x in [1] %}a{% else %}none{% endfor %}", "a");
        renders("{% for x in [1] %}{% break %}{% else %}none{% endfor %}", "none");
        renders("{% for x in [1, 2] %}{% continue %}{% else %}none{% endfor %}", "none");
        renders("{% for x in [1, 2] %}{% if x == 2 %}{% break %}{% endif %}{% else %}none{% endfor %}", "");
    }

    @Test
    void jumps() {
        renders("{% for x in [1, 2, 3] %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}", "1");
        renders("{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% endfor %}", "13");
        renders(
                "{% for x in [1, 2] %}{% for y in [1, 2] %}{% if y == 2 %}{% break %}{% endif %}{{ x }}{{ "
                        + "y }};{% endfor %}{% endfor %}",
                "11;21;");
        fails(
                "{% break %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: break");
        fails(
                "{% if true %}{% continue %}{% endif %}",
                "line 1: a tag that chat templates use (if, for, set, macro, call, filter, with, "
                        + "generation, raw; in a loop break and continue) was expected. Received: continue");
    }

    @Test
    void tellsWhereItIs() {
        renders(
                "{% for x in 'abc' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 "
                        + "}}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
                "1032TrueFalse3;2121FalseFalse3;3210FalseTrue3;");
        renders(
                "{% for x in 'abc' %}{{ loop.previtem }}{{ x }}{{ loop.nextitem }}{{ loop.previtem is "
                        + "defined }};{% endfor %}",
                "abFalse;abcTrue;bcTrue;");
        renders(
                "{% for m in messages %}{% if loop.previtem is defined and loop.previtem.role == 'user' "
                        + "%}P{{ loop.index0 }}{% endif %}{% endfor %}",
                "P2");
        renders(
                "{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }};{% endfor %}",
                "Truea;Falseb;Truea;");
        renders(
                "{% for x in [1] %}{{ loop.depth }}{{ loop.depth0 }}{{ loop.nosuch }}{{ loop is defined "
                        + "}}{% endfor %}{{ loop is defined }}",
                "10TrueFalse");
        renders(
                "{% for x in [1, 2] %}{% for y in 'ab' %}{{ loop.index }}{% endfor %}{{ loop.index }};{% "
                        + "endfor %}",
                "121;122;");
        fails(
                "{% for x in [1] %}{{ loop.cycle() }}{% endfor %}",
                "line 1: loop.cycle takes one or more values. Received: none");
    }

    @Test
    void endsVariablesWithAnIteration() {
        renders(
                "{% for m in messages %}{% if loop.first %}{% set y = m.role %}{% endif %}{{ y }};{% "
                        + "endfor %}{{ y is defined }}",
                "system;;;;False");
        renders("{% set y = 0 %}{% for x in [1, 2] %}{{ y }}{% set y = x %}{{ y }}{% endfor %}{{ y }}", "01020");
        renders("{% for x in [1] %}{% endfor %}{{ x is defined }}", "False");
        renders("{% set x = 5 %}{% for x in [1] %}{{ x }}{% endfor %}{{ x }}", "15");
    }

    @Test
    void callssItself() {
        renders(
                "{% for n in [{'v': 1, 'c': [{'v': 2, 'c': []}, {'v': 3, 'c': []}]}] recursive %}{{ "
                        + "loop.depth }}:{{ n.v }}[{{ loop(n.c) }}]{% endfor %}",
                "1:1[2:2[]2:3[]]");
        fails(
                "{% for x in [1] %}{{ loop([]) }}{% endfor %}",
                "line 1: loop() needs {% for ... recursive %}. Received: a loop without recursive");
    }
}
