package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Tests behind {@code is}; expected from Jinja2 3.1.6. */
class ValueTestsTest {
    /** For: nothing, none, true, 0, 1, 2.0, an empty text, a, A, an empty list, a tuple, a map, HTML, a function, a generator. */
    @Test
    void tellsKinds() {
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is string else 0 }}{% endfor %}",
                "000000111000100");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is mapping else 0 }}{% endfor %}",
                "000000000001000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is iterable else 0 }}{% endfor "
                        + "%}",
                "100000111111101");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is sequence else 0 }}{% endfor "
                        + "%}",
                "100000111111100");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is number else 0 }}{% endfor %}",
                "001111000000000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is integer else 0 }}{% endfor %}",
                "000110000000000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is float else 0 }}{% endfor %}",
                "000001000000000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is boolean else 0 }}{% endfor %}",
                "001000000000000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is callable else 0 }}{% endfor "
                        + "%}",
                "100000000000010");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is escaped else 0 }}{% endfor %}",
                "000000000000100");
    }

    /** For: nothing, none, true, 0, 1, 2.0, an empty text, a, A, an empty list, a tuple, a map, HTML, a function, a generator. */
    @Test
    void tellsStates() {
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is defined else 0 }}{% endfor %}",
                "011111111111111");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is undefined else 0 }}{% endfor "
                        + "%}",
                "100000000000000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is none else 0 }}{% endfor %}",
                "010000000000000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is true else 0 }}{% endfor %}",
                "001000000000000");
        renders(
                "{% set all = [nothing, none, true, 0, 1, 2.0, '', 'a', 'A', [], (1,), {'a': 1}, 'a' | e, "
                        + "range, [1] | map('string')] %}{% for x in all %}{{ 1 if x is false else 0 }}{% endfor %}",
                "000000000000000");
        renders(
                "{% for x in ['a', 'A', 'aB', '', '1', none, 'é1', 'a' | e] %}{{ 1 if x is lower else 0 "
                        + "}}{% endfor %}",
                "10000011");
        renders(
                "{% for x in ['a', 'A', 'aB', '', '1', none, 'é1', 'a' | e] %}{{ 1 if x is upper else 0 "
                        + "}}{% endfor %}",
                "01000000");
    }

    @Test
    void comparesNumbers() {
        renders("{{ 3 is odd }}", "True");
        renders("{{ 3 is even }}", "False");
        renders("{{ -3 is odd }}", "True");
        renders("{{ 2.0 is even }}", "True");
        renders("{{ 2.5 is even }}", "False");
        renders("{{ 9 is divisibleby 3 }}", "True");
        renders("{{ 9 is divisibleby(2) }}", "False");
        fails("{{ 'a' is odd }}", "line 1: % takes two numbers. Received: None and int");
        fails("{{ 1 is divisibleby 0 }}", "line 1: a divisor must not be 0. Received: 0");
    }

    @Test
    void comparesValues() {
        renders("{{ 1 is eq 1.0 }}", "True");
        renders("{{ 1 is equalto 2 }}", "False");
        renders("{{ 1 is ne 2 }}", "True");
        renders("{{ 1 is lt 2 }}", "True");
        renders("{{ 2 is le 2 }}", "True");
        renders("{{ 1 is gt 2 }}", "False");
        renders("{{ 2 is ge(2) }}", "True");
        renders("{{ 1 is greaterthan 0 }}", "True");
        renders("{{ 1 is lessthan 0 }}", "False");
        renders("{{ 1 is in [1, 2] }}", "True");
        renders("{{ 'a' is in 'cat' }}", "True");
        renders("{{ 1 is not in [2] }}", "True");
        renders("{{ 1 is sameas 1 }}", "True");
        renders("{{ 1 is sameas 1.0 }}", "False");
        renders("{{ none is sameas none }}", "True");
        renders("{{ [1] is sameas [1] }}", "False");
        fails("{{ 1 is eq }}", "line 1: an argument other was expected. Received: none");
        fails("{{ 1 is eq(1, 2) }}", "line 1: eq takes at most 1 arguments. Received: 2");
    }

    @Test
    void knowsFiltersAndTests() {
        renders("{{ 'upper' is filter }}", "True");
        renders("{{ 'nosuch' is filter }}", "False");
        renders("{{ 'odd' is test }}", "True");
        renders("{{ 'nosuch' is test }}", "False");
        renders("{{ 5 is filter }}", "False");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        fails(
                "A{{ 'x' is frobnicate }}B",
                "line 1: a test of Jinja2 was expected. Received: frobnicate, which is unknown");
        fails("{{ 1 is odd(1) }}", "line 1: odd takes at most 0 arguments. Received: 1");
        fails("{{ 1 is defined is string }}", "line 1: one test was expected. Received: is");
    }
}
