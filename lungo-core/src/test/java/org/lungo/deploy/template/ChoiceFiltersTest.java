package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Filters that choose and change items; expected from Jinja2 3.1.6. */
class ChoiceFiltersTest {
    @Test
    void selectsByTests() {
        renders("{{ [1, 2, 3] | select('odd') | list }}", "[1, 3]");
        renders("{{ [1, 2, 3] | reject('odd') | list }}", "[2]");
        renders("{{ [0, 1, '', 'a', none] | select | list }}", "[1, 'a']");
        renders("{{ [0, 1, ''] | reject | list }}", "[0, '']");
        renders("{{ [1, 2, 3] | select('>', 1) | list }}", "[2, 3]");
        renders("{{ [1, 2, 3] | select('in', [1, 3]) | list }}", "[1, 3]");
        fails(
                "{{ [1] | select('nosuch') | list }}",
                "line 1: a test of Jinja2 was expected. Received: nosuch, which is unknown");
        fails("{{ [1] | select(5) | list }}", "line 1: the name of a filter or a test was expected. Received: int");
        renders("{{ none | select | list }}", "[]");
        fails("{{ 5 | select | list }}", "line 1: a list, a map or a text was expected. Received: int");
    }

    @Test
    void selectsByAttributes() {
        renders("{{ messages | selectattr('role', 'equalto', 'user') | list | length }}", "2");
        renders("{{ messages | selectattr('role', '==', 'user') | map(attribute='role') | list }}", "['user', 'user']");
        renders("{{ messages | selectattr('name') | list }}", "[]");
        renders("{{ messages | selectattr('name', 'defined') | list | length }}", "0");
        renders(
                "{{ messages | rejectattr('role', 'in', ['user', 'system']) | map(attribute='role') | " + "first }}",
                "assistant");
        renders("{{ messages | rejectattr('name') | list | length }}", "4");
        renders("{{ tools | selectattr('function.name', 'eq', 'weather') | list | length }}", "1");
        fails(
                "{{ messages | selectattr('role', 'nosuch') | list }}",
                "line 1: a test of Jinja2 was expected. Received: nosuch, which is unknown");
    }

    @Test
    void maps() {
        renders("{{ ['a', 'b'] | map('upper') | list }}", "['A', 'B']");
        renders("{{ ['a-b', '-'] | map('replace', '-', '+') | list }}", "['a+b', '+']");
        renders("{{ messages | map(attribute='role') | list }}", "['system', 'user', 'assistant', 'user']");
        renders("{{ messages | map(attribute='name', default='x') | unique | list }}", "['x']");
        renders("{{ messages | map(attribute='name') | list | length }}", "4");
        renders("{{ tools | map(attribute='function.parameters.required.0') | list }}", "['city']");
        renders("{{ [[1, 'a'], [2, 'b']] | map(attribute=1) | list }}", "['a', 'b']");
        renders("{{ [[1, 'a'], [2, 'b']] | map('last') | join }}", "ab");
        fails(
                "{{ ['a'] | map('nosuch') | list }}",
                "line 1: a filter of Jinja2 was expected. Received: nosuch, which is unknown");
        fails("{{ ['a'] | map | list }}", "line 1: the name of a filter or a test was expected. Received: none");
        fails("{{ ['a'] | map(5) | list }}", "line 1: the name of a filter or a test was expected. Received: int");
        renders("{{ none | map('upper') | list }}", "[]");
        fails(
                "{{ ['a'] | map(attribute='x', nosuch=1) | list }}",
                "line 1: map takes [attribute, default], each once. Received: nosuch=");
    }

    /** Like Python's generators, which count as true and have no length. */
    @Test
    void givesItemsOnce() {
        renders("{% set g = [1, 2] | map('string') %}{{ g | join }}|{{ g | join }}", "12|");
        renders("{{ ([] | select) and 'true' }}", "true");
        fails(
                "{{ [1] | map('string') | length }}",
                "line 1: a list, a map or a text has a length. Received: generator; add | list before");
        renders("{{ [1] | select is sequence }}{{ [1] | select is iterable }}", "FalseTrue");
        fails(
                "{{ [1] | map('string') | tojson }}",
                "line 1: a value that JSON can hold was expected. Received: generator; add | list before");
        renders("{% for x in [1, 2] | map('string') %}{{ loop.length }}{% endfor %}", "22");
    }

    @Test
    void readsAttributes() {
        renders("{{ {'upper': 1} | attr('upper') is defined }}", "False");
        renders("{{ 'a' | attr('nosuch') is defined }}", "False");
    }
}
