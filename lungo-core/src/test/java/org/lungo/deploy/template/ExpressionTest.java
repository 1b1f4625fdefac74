package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Operators and their order; what is expected was written by Jinja2 3.1.6. */
class ExpressionTest {
    @Test
    void calculatesAsPython() {
        renders("{{ 7 + 3 * 2 - 1 }}", "12");
        renders("{{ 7 / 2 }}", "3.5");
        renders("{{ 4 / 2 }}", "2.0");
        renders("{{ 7 // 2 }}", "3");
        renders("{{ -7 // 2 }}", "-4");
        renders("{{ 7 // -2 }}", "-4");
        renders("{{ -7 % 3 }}", "2");
        renders("{{ 7 % -3 }}", "-2");
        renders("{{ -7.5 // 2 }}", "-4.0");
        renders("{{ -7.5 % 2 }}", "0.5");
        renders("{{ 2 ** 10 }}", "1024");
        renders("{{ 2 ** -1 }}", "0.5");
        renders("{{ 2 ** 3 ** 2 }}", "64");
        renders("{{ -2 ** 2 }}", "4");
        renders("{{ 2 ** 0.5 }}", "1.4142135623730951");
        renders("{{ 0.1 + 0.2 }}", "0.30000000000000004");
        renders("{{ 1 // 0.1 }}", "9.0");
        renders("{{ true + 1 }}", "2");
        renders("{{ -true }}", "-1");
        renders("{{ +2.5 }}", "2.5");
        renders("{{ 1 - -1 }}", "2");
        renders("{{ messages|length - 1 }}", "3");
    }

    @Test
    void refusesWhatHasNoResult() {
        fails("{{ 1 / 0 }}", "line 1: a divisor must not be 0. Received: 0");
        fails("{{ 1 // 0.0 }}", "line 1: a divisor must not be 0. Received: 0");
        fails("{{ 1 % 0 }}", "line 1: a divisor must not be 0. Received: 0");
        fails("{{ 0 ** -1 }}", "line 1: a divisor must not be 0. Received: 0");
        fails("{{ 1 + 'a' }}", "line 1: + takes two numbers, two texts or two lists. Received: int and str");
        fails("{{ 'a' - 'b' }}", "line 1: - takes two numbers. Received: str and str");
        fails("{{ [1] + (2,) }}", "line 1: + takes two numbers, two texts or two lists. Received: list and tuple");
        fails("{{ none + 1 }}", "line 1: + takes two numbers, two texts or two lists. Received: None and int");
        fails("{{ -'a' }}", "line 1: a sign takes a number. Received: str");
        fails(
                "{{ 'a' * 'b' }}",
                "line 1: * takes two numbers, or a text or a list and a whole number. Received: str and str");
        fails("{{ 2.0 ** 5000 }}", "line 1: a power must be a finite number. Received: Infinity");
        fails(
                "{{ nothing + 'a' }}",
                "line 1: + takes two numbers, two texts or two lists. Received: nothing, which is not "
                        + "defined and str");
        fails("{{ 1 < 'a' }}", "line 1: two numbers, two texts or two lists have an order. Received: int and str");
        fails("{{ none < 1 }}", "line 1: two numbers, two texts or two lists have an order. Received: None and int");
        fails("{{ {} < {} }}", "line 1: two numbers, two texts or two lists have an order. Received: dict and dict");
        fails("{{ 1 in 'a1' }}", "line 1: a text contains texts alone. Received: int");
        fails("{{ 1 in 1 }}", "line 1: a list, a map or a text was expected. Received: int");
        fails("{{ [1] in {'a': 1} }}", "line 1: a key must be a text, a number, a boolean or None. Received: list");
    }

    /** Python's whole numbers have no limit; no template needs them. */
    @Test
    void refusesNumbersBeyond64Bits() {}

    @Test
    void joinsAndRepeats() {
        renders("{{ 'a' + 'b' }}", "ab");
        renders("{{ 'a' ~ 1 ~ none ~ 2.0 ~ [1] ~ nothing }}", "a1None2.0[1]");
        renders("{{ '-' * 3 }}", "---");
        renders("{{ 3 * 'ab' }}", "ababab");
        renders("{{ 'a' * 0 }}", "");
        renders("{{ 'a' * -1 }}", "");
        renders("{{ [1, 2] + [3] }}", "[1, 2, 3]");
        renders("{{ [0] * 3 }}", "[0, 0, 0]");
        renders("{{ (1,) + (2,) }}", "(1, 2)");
        renders("{{ (1,) * 2 }}", "(1, 1)");
        fails("{{ 1 ~ 2 + 3 }}", "line 1: + takes two numbers, two texts or two lists. Received: str and int");
    }

    @Test
    void comparesAsPython() {
        renders("{{ 1 == 1.0 }}", "True");
        renders("{{ 1 == true }}", "True");
        renders("{{ 'a' == 'a' }}", "True");
        renders("{{ '1' == 1 }}", "False");
        renders("{{ [1, [2]] == [1, [2]] }}", "True");
        renders("{{ [1] == (1,) }}", "False");
        renders("{{ {'a': 1, 'b': 2} == {'b': 2.0, 'a': 1} }}", "True");
        renders("{{ none == false }}", "False");
        renders("{{ nothing == other }}", "True");
        renders("{{ nothing == none }}", "False");
        renders("{{ 1 != 2 }}", "True");
        renders("{{ 1 < 2 < 3 }}", "True");
        renders("{{ 1 < 3 < 2 }}", "False");
        renders("{{ 1 == 1 == 1 }}", "True");
        renders("{{ 'Z' < 'a' }}", "True");
        renders("{{ '😀' > '\\uffff' }}", "True");
        renders("{{ [1, 2] < [1, 3] }}", "True");
        renders("{{ (1, 2) <= (1, 2, 0) }}", "True");
        renders("{{ 2.5 >= 2 }}", "True");
        renders("{{ 'a' in 'cat' }}", "True");
        renders("{{ '' in '' }}", "True");
        renders("{{ 'x' not in 'cat' }}", "True");
        renders("{{ 2 in [1, 2.0] }}", "True");
        renders("{{ 'a' in {'a': 1} }}", "True");
        renders("{{ 'a' in ('b', 'a') }}", "True");
        renders("{{ 1 in {true: 0} }}", "True");
        renders("{{ 'a' in nothing }}", "False");
        renders("{{ 'role' in messages[0] }}", "True");
        renders("{{ not 'a' in ['a'] }}", "False");
    }

    @Test
    void decidesAsPython() {
        renders("{{ '' or 'b' }}", "b");
        renders("{{ 'a' or nothing.b }}", "a");
        renders("{{ '' and nothing.b }}", "");
        renders("{{ 'a' and 'b' }}", "b");
        renders("{{ not '' }}", "True");
        renders("{{ not [] }}", "True");
        renders("{{ not 0.0 }}", "True");
        renders("{{ not none }}", "True");
        renders("{{ not nothing }}", "True");
        renders("{{ not 'a' and true }}", "False");
        renders("{{ not (true and false) }}", "True");
        renders("{{ 1 if true }}", "1");
        renders("{{ 1 if false }}", "");
        renders("{{ 'a' if false else 'b' }}", "b");
        renders("{{ 'a' if false else 'b' if false else 'c' }}", "c");
        renders("{{ (1 if false) is defined }}", "False");
        renders("{{ true or false and false }}", "True");
    }

    @Test
    void filtersBindCloserThanOperators() {
        renders("{{ 'a' + ' b ' | trim + 'c' }}", "abc");
        renders("{{ ('a' + ' b ') | trim }}", "a b");
        renders("{{ -3 | abs }}", "3");
        renders("{{ (-3) | abs }}", "3");
        renders("{{ 1 + 2 | string | length }}", "2");
        renders("{{ 'a' ~ 'b' | upper }}", "aB");
        renders("{{ 'a' is string and not 1 is string }}", "True");
        renders("{{ 1 + 1 is eq 2 }}", "1");
        renders("{{ not nothing is defined }}", "True");
    }

    @Test
    void makesListsTuplesAndMaps() {
        renders("{{ [1, 'a', [none,], ] }}", "[1, 'a', [None]]");
        renders("{{ (1, 2) }}", "(1, 2)");
        renders("{{ (1,) }}", "(1,)");
        renders("{{ () }}", "()");
        renders("{{ (1) }}", "1");
        renders("{{ 1, 2 }}", "(1, 2)");
        renders("{{ {'a': 1, 'b': {'c': [2]}, } }}", "{'a': 1, 'b': {'c': [2]}}");
        renders("{{ {1: 'a', true: 'b', 1.0: 'c'} }}", "{1: 'c'}");
        renders("{{ {none: 1, 2.5: 2} }}", "{None: 1, 2.5: 2}");
        renders("{{ {'a' ~ 1: 1}['a1'] }}", "1");
        fails("{{ {[1]: 2} }}", "line 1: a key must be a text, a number, a boolean or None. Received: list");
        renders("{{ dict(a=1, b=2) }}", "{'a': 1, 'b': 2}");
        renders("{{ dict({'a': 1}, b=2) }}", "{'a': 1, 'b': 2}");
        fails("{{ dict(1) }}", "line 1: a map was expected. Received: int");
        renders("{{ range(4)|list }}", "[0, 1, 2, 3]");
        renders("{{ range(2, 10, 3)|list }}", "[2, 5, 8]");
        renders("{{ range(3, 0, -1)|list }}", "[3, 2, 1]");
        renders("{{ range(3, 3)|list }}", "[]");
        fails("{{ range(1, 2, 0) }}", "line 1: range's step must not be 0. Received: 0");
        fails("{{ range('a') }}", "line 1: range's stop must be a whole number. Received: str");
        fails("{{ range(200000) }}", "line 1: range may give 100000 numbers. Received: one that gives more");
    }

    @Test
    void namesWhatItExpected() {
        fails("{{ 1 + }}", "line 1: a value was expected. Received: }}");
        fails("{{ a b }}", "line 1: }} was expected. Received: b");
        fails("{{ [1 2] }}", "line 1: ] was expected. Received: 2");
        fails("{{ {'a' 1} }}", "line 1: : was expected. Received: 1");
        fails("{{ (1 }}", "line 1: a bracket that is open was expected. Received: }");
        fails("{{ a| }}", "line 1: a name was expected. Received: }}");
        fails("{{ a is }}", "line 1: a name was expected. Received: }}");
        fails("{{ a. }}", "line 1: a name was expected. Received: }}");
        fails("{{ f(a=1, 2) }}", "line 1: a named argument was expected. Received: 2");
        fails("{{ }}", "line 1: a value was expected. Received: }}");
        fails("line\n\n{{ 1 +\n }}", "line 4: a value was expected. Received: }}");
        fails("{{ a is b is c }}", "line 1: one test was expected. Received: is");
    }
}
