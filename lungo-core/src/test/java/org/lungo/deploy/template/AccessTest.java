package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Attributes, items and methods of maps and lists; expected from Jinja2 3.1.6. */
class AccessTest {
    @Test
    void readsMaps() {
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.a }}", "1");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d['a'] }}", "1");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d['b c'] }}", "3");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d['items'] }}", "2");
        renders(
                "{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.items()|list }}",
                "[('a', 1), ('items', 2), ('b c', 3)]");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.get('a') }}", "1");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.get('x') }}", "None");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.get('x', 5) }}", "5");
        fails(
                "{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.get([1]) }}",
                "line 1: a key must be a text, a number, a boolean or None. Received: list");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.keys()|list }}", "['a', 'items', 'b c']");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.values()|sum }}", "6");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.copy() }}", "{'a': 1, 'items': 2, 'b c': 3}");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.nosuch }}", "");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d['nosuch'] is defined }}", "False");
        fails(
                "{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.nosuch() }}",
                "line 1: a function was expected. Received: attribute nosuch of dict, which is not defined");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d|length }}", "3");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d.values()|list|length }}", "3");
        renders("{% set d = {'a': 1, 'items': 2, 'b c': 3} %}{{ d['keys']()|list }}", "['a', 'items', 'b c']");
    }

    @Test
    void knowsEqualNumbersAsOneKey() {
        renders(
                "{% set d = {1: 'a', 2.5: 'b', false: 'c'} %}{{ d[1.0] }}{{ d[true] }}{{ d[2.5] }}{{ d[0] "
                        + "}}{{ d[3] }}{{ 1.0 in d }}",
                "aabcTrue");
    }

    @Test
    void readsLists() {
        renders("{{ [1, 2, 1].count(1) }}", "2");
        renders("{{ ['a', 'b'].index('b') }}", "1");
        fails("{{ ['a'].index('c') }}", "line 1: a list that holds the value was expected. Received: one without it");
        renders("{{ [1].copy() }}", "[1]");
        renders("{{ (1, 2).index(2) }}", "1");
        fails(
                "{{ (1,).copy() }}",
                "line 1: a value was expected. Received: attribute copy of tuple, which is not defined");
        renders("{{ [1].nosuch }}", "");
        fails(
                "{{ [1].nosuch() }}",
                "line 1: a function was expected. Received: attribute nosuch of list, which is not defined");
    }

    /** As in Jinja2's immutable sandbox. */
    @Test
    void changesNothing() {
        fails(
                "{% set l = [] %}{% set _ = l.append(1) %}{{ l }}",
                "line 1: a template cannot change a list; write {% set list = list + [item] %}. Received: " + "append");
        fails(
                "{% set d = {} %}{% set _ = d.update({'a': 1}) %}{{ d }}",
                "line 1: a template cannot change a map. Received: update");
        fails(
                "{{ messages.pop() }}",
                "line 1: a template cannot change a list; write {% set list = list + [item] %}. Received: " + "pop");
        fails("{{ messages[0].pop('role') }}", "line 1: a template cannot change a map. Received: pop");
        fails(
                "{{ [2, 1].sort() }}",
                "line 1: a template cannot change a list; write {% set list = list + [item] %}. Received: " + "sort");
        fails("{{ messages[0].setdefault('a', 1) }}", "line 1: a template cannot change a map. Received: setdefault");
    }

    @Test
    void reachesNoObject() {
        fails(
                "{{ messages.getClass() }}",
                "line 1: a function was expected. Received: attribute getClass of list, which is not " + "defined");
        renders("{{ messages['class'] }}", "");
        fails(
                "{{ ''.class.name }}",
                "line 1: a value was expected. Received: attribute class of str, which is not defined");
        fails(
                "{{ ''.__class__.__mro__ }}",
                "line 1: a value was expected. Received: attribute __class__ of str, which is not defined");
        renders("{{ range.__globals__ }}", "");
    }

    @Test
    void callsFunctionsAlone() {
        fails("{{ messages() }}", "line 1: a function was expected. Received: list");
        fails("{{ nothing() }}", "line 1: a function was expected. Received: nothing, which is not defined");
        fails("{{ 'a'() }}", "line 1: a function was expected. Received: str");
        fails(
                "{{ none.strip() }}",
                "line 1: a function was expected. Received: attribute strip of None, which is not defined");
        fails("{{ messages[0].role() }}", "line 1: a function was expected. Received: str");
    }

    @Test
    void keepsMethodsAsValues() {
        renders("{% set get = messages[0].get %}{{ get('role') }}{{ get is callable }}", "systemTrue");
    }
}
