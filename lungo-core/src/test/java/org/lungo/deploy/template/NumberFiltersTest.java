package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Filters that give numbers; expected from Jinja2 3.1.6. */
class NumberFiltersTest {
    @Test
    void readsWholeNumbers() {
        renders("{{ '5' | int + 1 }}", "6");
        renders("{{ ' -12 ' | int }}", "-12");
        renders("{{ '4.7' | int }}", "4");
        renders("{{ '1e3' | int }}", "1000");
        renders("{{ '1_000' | int }}", "1000");
        renders("{{ 'abc' | int }}", "0");
        renders("{{ 'abc' | int(-1) }}", "-1");
        renders("{{ 'x' | int(default=7) }}", "7");
        renders("{{ 'ff' | int(0, 16) }}", "255");
        renders("{{ '0xff' | int(base=16) }}", "255");
        renders("{{ '0b11' | int(0, 2) }}", "3");
        renders("{{ '0o17' | int(0, 8) }}", "15");
        renders("{{ 'z' | int(0, 36) }}", "35");
        renders("{{ 2.9 | int }}", "2");
        renders("{{ -2.9 | int }}", "-2");
        renders("{{ true | int }}", "1");
        renders("{{ none | int }}", "0");
        renders("{{ [] | int }}", "0");
        renders("{{ 'inf' | int }}", "0");
        renders("{{ '' | int }}", "0");
    }

    @Test
    void readsRealNumbers() {
        renders("{{ '1.5' | float }}", "1.5");
        renders("{{ '1e3' | float }}", "1000.0");
        renders("{{ '.5' | float }}", "0.5");
        renders("{{ '5.' | float }}", "5.0");
        renders("{{ ' 2 ' | float }}", "2.0");
        renders("{{ '-inf' | float }}", "-inf");
        renders("{{ 'x' | float }}", "0.0");
        renders("{{ 'x' | float(1.0) }}", "1.0");
        renders("{{ none | float }}", "0.0");
        renders("{{ 3 | float }}", "3.0");
        renders("{{ 'nan' | float }}", "nan");
    }

    @Test
    void rounds() {
        renders("{{ 2.5 | round }}", "2.0");
        renders("{{ 3.5 | round }}", "4.0");
        renders("{{ -2.5 | round }}", "-2.0");
        renders("{{ 2.675 | round(2) }}", "2.67");
        renders("{{ 7 | round }}", "7");
        renders("{{ 1250 | round(-2) }}", "1200");
        renders("{{ 1234.5678 | round(-2) }}", "1200.0");
        renders("{{ 2.1 | round(0, 'ceil') }}", "3.0");
        renders("{{ 2.19 | round(1, 'floor') }}", "2.1");
        renders("{{ -0.2 | round }}", "-0.0");
        renders("{{ 1.5 | round(500) }}", "1.5");
        fails("{{ 2.5 | round(method='nosuch') }}", "line 1: round takes common, ceil or floor. Received: nosuch");
        fails("{{ 'a' | round }}", "line 1: a number was expected. Received: str");
    }

    @Test
    void measures() {
        renders("{{ -3 | abs }}", "3");
        renders("{{ (-3.5) | abs }}", "3.5");
        renders("{{ (-0.0) | abs }}", "0.0");
        fails("{{ 'a' | abs }}", "line 1: a number was expected. Received: str");
        renders("{{ 'a😀' | length }}", "2");
        renders("{{ [1, 2] | count }}", "2");
        renders("{{ {'a': 1} | length }}", "1");
        fails("{{ 5 | length }}", "line 1: a list, a map or a text has a length. Received: int");
        fails("{{ none | length }}", "line 1: a list, a map or a text has a length. Received: None");
        renders("{{ [1, 2.5] | sum }}", "3.5");
        renders("{{ [1, 2] | sum(start=10) }}", "13");
        renders("{{ [{'v': 1}, {'v': 2}] | sum(attribute='v') }}", "3");
        renders("{{ [[1], [2]] | sum(start=[]) }}", "[1, 2]");
        fails("{{ ['a'] | sum }}", "line 1: + takes two numbers, two texts or two lists. Received: int and str");
    }
}
