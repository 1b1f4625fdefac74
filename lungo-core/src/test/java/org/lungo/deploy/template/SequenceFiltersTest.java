package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Filters of lists and maps; expected from Jinja2 3.1.6. */
class SequenceFiltersTest {
    @Test
    void takesFirstAndLast() {
        renders("{{ [1, 2] | first }}", "1");
        renders("{{ [1, 2] | last }}", "2");
        renders("{{ 'a😀' | last }}", "😀");
        renders("{{ {'a': 1, 'b': 2} | last }}", "b");
        renders("{{ [] | first }}", "");
        renders("{{ [] | last is defined }}", "False");
        renders("{{ [1] | map('string') | first }}", "1");
        fails(
                "{{ [1] | map('string') | last }}",
                "line 1: last takes a list, a map or a text. Received: generator; add | list before");
        renders("{{ (messages | first).role ~ (messages | last).role }}", "systemuser");
        fails("{{ 5 | first }}", "line 1: a list, a map or a text was expected. Received: int");
    }

    @Test
    void joins() {
        renders("{{ [1, 'a', none, 2.0] | join('-') }}", "1-a-None-2.0");
        renders("{{ ['a', 'b'] | join }}", "ab");
        renders("{{ 'abc' | join('-') }}", "a-b-c");
        renders("{{ messages | join(', ', attribute='role') }}", "system, user, assistant, user");
        renders("{{ messages | map(attribute='role') | join(',') }}", "system,user,assistant,user");
        renders("{{ {'a': 1, 'b': 2} | join(d='+') }}", "a+b");
        fails("{{ 5 | join }}", "line 1: a list, a map or a text was expected. Received: int");
    }

    @Test
    void makesLists() {
        renders("{{ 'abc' | list }}", "['a', 'b', 'c']");
        renders("{{ {'a': 1} | list }}", "['a']");
        renders("{{ (1, 2) | list }}", "[1, 2]");
        fails("{{ 5 | list }}", "line 1: a list, a map or a text was expected. Received: int");
        renders("{{ {'a': 1} | items | list }}", "[('a', 1)]");
        fails("{{ 5 | items | list }}", "line 1: a map was expected. Received: int");
        renders("{{ [1, 2, 3] | reverse | list }}", "[3, 2, 1]");
        renders("{{ 'a😀b' | reverse }}", "b😀a");
        renders("{{ {'a': 1, 'b': 2} | reverse | list }}", "['b', 'a']");
        fails("{{ 5 | reverse }}", "line 1: a list, a map or a text was expected. Received: int");
    }

    @Test
    void sorts() {
        renders("{{ [3, 1, 2] | sort }}", "[1, 2, 3]");
        renders("{{ ['b', 'A', 'a'] | sort }}", "['A', 'a', 'b']");
        renders("{{ ['b', 'A', 'a'] | sort(case_sensitive=true) }}", "['A', 'a', 'b']");
        renders("{{ [3, 1, 2] | sort(reverse=true) }}", "[3, 2, 1]");
        fails(
                "{{ [1, 'a'] | sort }}",
                "line 1: two numbers, two texts or two lists have an order. Received: str and int");
        renders("{{ [] | sort }}", "[]");
        renders("{{ 'hello' | sort }}", "['e', 'h', 'l', 'l', 'o']");
        renders("{{ {'b': 1, 'A': 2} | dictsort }}", "[('A', 2), ('b', 1)]");
        renders("{{ {'b': 1, 'A': 2} | dictsort(true) }}", "[('A', 2), ('b', 1)]");
        renders("{{ {'b': 1, 'A': 2} | dictsort(by='value', reverse=true) }}", "[('A', 2), ('b', 1)]");
        fails(
                "{{ {'b': 1} | dictsort(by='nosuch') }}",
                "line 1: dictsort takes by='key' or by='value'. Received: nosuch");
        fails("{{ [1] | dictsort }}", "line 1: a map was expected. Received: list");
        renders(
                "{% set rows = [{'k': 'b', 'v': 2}, {'k': 'A', 'v': 1}, {'k': 'b', 'v': 0}] %}{{ rows | "
                        + "sort(attribute='v') | map(attribute='v') | list }}",
                "[0, 1, 2]");
        renders(
                "{% set rows = [{'k': 'b', 'v': 2}, {'k': 'A', 'v': 1}, {'k': 'b', 'v': 0}] %}{{ rows | "
                        + "sort(attribute='k,v') | map(attribute='v') | list }}",
                "[1, 0, 2]");
        renders(
                "{% set rows = [{'k': 'b', 'v': 2}, {'k': 'A', 'v': 1}, {'k': 'b', 'v': 0}] %}{{ rows | "
                        + "sort(attribute='k', reverse=true) | map(attribute='v') | list }}",
                "[2, 0, 1]");
    }

    @Test
    void findsExtremesAndUniqueItems() {
        renders("{{ [3, 1, 2] | min }}", "1");
        renders("{{ [3, 1, 2] | max }}", "3");
        renders("{{ ['b', 'A'] | min }}", "A");
        renders("{{ ['b', 'A'] | min(case_sensitive=true) }}", "A");
        renders("{{ [] | max }}", "");
        renders("{{ ['a', 'b', 'A', 'a'] | unique | list }}", "['a', 'b']");
        renders("{{ ['a', 'A'] | unique(true) | list }}", "['a', 'A']");
        renders("{{ [1, 1.0, true, 2, none, none] | unique | list }}", "[1, 2, None]");
        fails("{{ [[1]] | unique | list }}", "line 1: unique takes texts, numbers, booleans and None. Received: list");
        renders(
                "{% set rows = [{'k': 'b', 'v': 2}, {'k': 'A', 'v': 1}, {'k': 'b', 'v': 0}] %}{{ (rows | "
                        + "max(attribute='v')).k }}",
                "b");
        renders(
                "{% set rows = [{'k': 'b', 'v': 2}, {'k': 'A', 'v': 1}, {'k': 'b', 'v': 0}] %}{{ rows | "
                        + "unique(attribute='k') | map(attribute='v') | list }}",
                "[2, 1]");
    }

    @Test
    void cuts() {
        renders("{{ [1, 2, 3, 4, 5] | batch(2) | list }}", "[[1, 2], [3, 4], [5]]");
        renders("{{ [1, 2, 3] | batch(2, 'x') | list }}", "[[1, 2], [3, 'x']]");
        renders("{{ [1, 2, 3, 4, 5] | slice(2) | list }}", "[[1, 2, 3], [4, 5]]");
        renders("{{ [1, 2, 3, 4, 5] | slice(3, 'x') | list }}", "[[1, 2], [3, 4], [5, 'x']]");
        fails("{{ [1] | slice(0) | list }}", "line 1: slice takes a number of at least 1. Received: 0");
    }
}
