package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Macros and call blocks; expected from Jinja2 3.1.6. */
class MacroTest {
    @Test
    void takesArguments() {
        renders(
                "{% macro f(x, y='d') %}[{{ x }}{{ y }}]{% endmacro %}{{ f('a') }}{{ f('b', 'c') }}{{ "
                        + "f('b', y='z') }}{{ f(y=1, x=2) }}{{ f() }}",
                "[ad][bc][bz][21][d]");
        renders("{% macro f(a, b=a ~ '!') %}{{ b }}{% endmacro %}{{ f('x') }}", "x!");
        renders("{% macro f(a) %}{{ a is defined }}{% endmacro %}{{ f() }}{{ f(none) }}", "FalseTrue");
        renders(
                "{% macro f(a, b, c) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ f(*[1, 2, 3]) }}{{ f(1, "
                        + "**{'b': 2, 'c': 3}) }}",
                "123123");
        renders("{% macro f(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, 3, z=4) }}", "(2, 3){'z': 4}");
    }

    @Test
    void refusesArgumentsItDoesNotKnow() {
        fails("{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}", "line 1: macro f takes at most 1 arguments. Received: 2");
        fails("{% macro f(a) %}{% endmacro %}{{ f(b=2) }}", "line 1: macro f takes [a], each once. Received: b=");
        fails("{% macro f(a) %}{% endmacro %}{{ f(1, a=2) }}", "line 1: macro f takes [a], each once. Received: a=");
        fails(
                "{% macro f(a=1, b) %}{% endmacro %}",
                "line 1: a default, as the parameter before has one, was expected. Received: )");
        fails("{% macro f(a=1 b) %}{% endmacro %}", "line 1: ) was expected. Received: b");
        fails(
                "{{ f() }}{% macro f() %}{% endmacro %}",
                "line 1: a function was expected. Received: f, which is not defined");
    }

    @Test
    void givesAText() {
        renders("{% macro f() %}  a  {% endmacro %}[{{ f() }}]{{ f()|length }}{{ f()|trim + 'b' }}", "[  a  ]5ab");
        renders("{% macro f() %}\n  {{- 'a' -}}\n{% endmacro %}[{{ f() }}]", "[a]");
    }

    @Test
    void callsItself() {
        renders("{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}", "3210");
        renders(
                "{% macro show(x) %}{% if x is mapping %}{ {%- for k, v in x|dictsort %}{{ k }}:{{ show(v) "
                        + "}}{{ ',' if not loop.last }}{% endfor -%} }{% elif x is string %}'{{ x }}'{% elif x is "
                        + "iterable %}[{% for y in x %}{{ show(y) }}{{ ',' if not loop.last }}{% endfor %}]{% else "
                        + "%}{{ x }}{% endif %}{% endmacro %}{{ show(tools[0].function) }}",
                "{name:'weather',parameters:{properties:{city:{type:'string'},days:{enum:[1,2],type:'intege"
                        + "r'}},required:['city'],type:'object'}}");
    }

    @Test
    void seesWhereItWasDefined() {
        renders("{% macro f() %}{{ a }}{% endmacro %}{% set a = 1 %}{{ f() }}{% set a = 2 %}{{ f() }}", "12");
        renders("{% macro f() %}{% set a = 1 %}{{ a }}{% endmacro %}{{ f() }}{{ a is defined }}", "1False");
        renders(
                "{% for x in [1, 2] %}{% macro f() %}{{ x }}{% endmacro %}{{ f() }}{% endfor %}{{ f is " + "defined }}",
                "12False");
    }

    @Test
    void callsBodies() {
        renders("{% macro f() %}<{{ caller() }}>{% endmacro %}{% call f() %}a{{ 1 }}{% endcall %}", "<a1>");
        renders(
                "{% macro f(xs) %}{% for x in xs %}<{{ caller(x, y=2) }}>{% endfor %}{% endmacro %}{% "
                        + "call(x, y=1) f([1, 2]) %}{{ x * y }}{% endcall %}",
                "<2><4>");
        renders("{% macro f() %}{{ caller is defined }}{% endmacro %}{{ f() }}", "False");
        fails(
                "{% macro f() %}a{% endmacro %}{% call f() %}b{% endcall %}",
                "line 1: macro f takes [], each once. Received: caller=");
        fails("{% call 5 %}a{% endcall %}", "line 1: {% call %} with a call of a macro was expected. Received: %}");
    }
}
