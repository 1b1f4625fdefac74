package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** What is not defined prints as nothing, counts as false and is an error elsewhere; from Jinja2 3.1.6. */
class UndefinedTest {
    @Test
    void printsAsNothing() {
        renders("{{ nothing }}", "");
        renders("{{ nothing ~ 'a' }}", "a");
        renders("{{ messages[0].name }}", "");
        renders("{{ messages[0]['name'] }}", "");
        renders("{{ none.name }}", "");
        renders("{{ (messages[0].name or 'x') }}", "x");
        renders("{{ nothing|upper }}", "");
        renders("{{ nothing|trim }}", "");
        renders("{{ nothing|string|length }}", "0");
    }

    @Test
    void hasNoItems() {
        renders("{% for x in nothing %}a{% else %}none{% endfor %}", "none");
        renders(
                "{{ nothing|list }}{{ nothing|length }}{{ nothing|first is defined }}{{ nothing|join }}{{ "
                        + "nothing|items|list }}",
                "[]0False[]");
    }

    @Test
    void hasNoAttributes() {
        fails("{{ nothing.name }}", "line 1: a value was expected. Received: nothing, which is not defined");
        fails("{{ nothing['name'] }}", "line 1: a value was expected. Received: nothing, which is not defined");
        fails("{{ nothing[0] }}", "line 1: a value was expected. Received: nothing, which is not defined");
        fails(
                "{{ messages[0].name.first }}",
                "line 1: a value was expected. Received: attribute name of dict, which is not defined");
        fails(
                "{{ messages[0]['name']['first'] is defined }}",
                "line 1: a value was expected. Received: attribute name of dict, which is not defined");
    }

    @Test
    void takesADefault() {
        renders("{{ nothing|default('x') }}", "x");
        renders("{{ nothing|d('x') }}", "x");
        renders("{{ nothing|default }}", "");
        renders("{{ messages[0].name|default(none) }}", "None");
        renders("{{ ''|default('x') }}", "");
        renders("{{ ''|default('x', true) }}", "x");
        renders("{{ none|default('x', boolean=true) }}", "x");
        renders("{{ none|default('x') }}", "None");
    }

    @Test
    void isNoValue() {
        fails(
                "{{ nothing + 1 }}",
                "line 1: + takes two numbers, two texts or two lists. Received: nothing, which is not "
                        + "defined and int");
        fails(
                "{{ nothing < 1 }}",
                "line 1: two numbers, two texts or two lists have an order. Received: nothing, which is "
                        + "not defined and int");
        fails("{{ -nothing }}", "line 1: a sign takes a number. Received: nothing, which is not defined");
        fails("{{ nothing|int }}", "line 1: a value was expected. Received: nothing, which is not defined");
        fails(
                "{{ nothing|tojson }}",
                "line 1: a value that JSON can hold was expected. Received: nothing, which is not defined");
        fails("{{ nothing|dictsort }}", "line 1: a map was expected. Received: nothing, which is not defined");
        fails("{{ nothing|round }}", "line 1: a number was expected. Received: nothing, which is not defined");
    }
}
