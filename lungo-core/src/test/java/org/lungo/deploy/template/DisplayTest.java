package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** What values look like when they are printed, as Python's str and repr; expected from Jinja2 3.1.6. */
class DisplayTest {
    @Test
    void printsSingleValues() {
        renders("{{ true }}", "True");
        renders("{{ none }}", "None");
        renders("{{ nothing }}", "");
        renders("{{ 1 }}", "1");
        renders("{{ -0 }}", "0");
        renders("{{ 1.0 }}", "1.0");
        renders("{{ -0.0 }}", "-0.0");
        renders("{{ 1e15 }}", "1000000000000000.0");
        renders("{{ 1e16 }}", "1e+16");
        renders("{{ 123456789.125 }}", "123456789.125");
        renders("{{ 1.5e300 }}", "1.5e+300");
        renders("{{ 0.0001 }}", "0.0001");
        renders("{{ 0.00001 }}", "1e-05");
        renders("{{ 1e-7 }}", "1e-07");
        renders("{{ 5e-324 }}", "5e-324");
        renders("{{ 1.7976931348623157e308 }}", "1.7976931348623157e+308");
        renders("{{ 100000000000000000.0 }}", "1e+17");
        renders("{{ 1 / 3 }}", "0.3333333333333333");
        renders("{{ 'nan' | float }}", "nan");
        renders("{{ '-inf' | float }}", "-inf");
        renders("{{ 'a\"b' }}", "a\"b");
    }

    @Test
    void quotesTextsInLists() {
        renders("{{ [\"it's\", 'say \"x\"', 'both \\' and \"'] }}", "[\"it's\", 'say \"x\"', 'both \\' and \"']");
        renders(
                "{{ ['a\\nb\\t\\r\\\\', '\\x00\\x7f\\xa0', '\\u200b\\u2028', 'é😀', '\\U000e0001'] }}",
                "['a\\nb\\t\\r\\\\', '\\x00\\x7f\\xa0', '\\u200b\\u2028', 'é😀', '\\U000e0001']");
        renders("{{ {'k': ['v', none, true, 1.0]} }}", "{'k': ['v', None, True, 1.0]}");
        renders("{{ messages[1] }}", "{'role': 'user', 'content': 'Hé 😀?'}");
        renders("{{ [nothing] }}", "[Undefined]");
        renders("{{ ('a',) }}", "('a',)");
        renders("{{ [{}, [], ()] }}", "[{}, [], ()]");
    }

    @Test
    void printsViewsOfMaps() {
        renders("{{ {'a': 1}.items() }}", "dict_items([('a', 1)])");
        renders("{{ {'a': 1}.keys() }}", "dict_keys(['a'])");
        renders("{{ {'a': 1}.values() }}", "dict_values([1])");
    }

    @Test
    void quotesHtmlAsMarkup() {
        renders("{{ ['<'|e] }}", "[Markup('&lt;')]");
        renders("{{ '<' + ('&' | safe) }}", "&lt;&");
        renders("{{ ('&' | safe) + '<' }}", "&&lt;");
        renders("{{ '<' ~ ('&' | safe) }}", "<&");
        renders("{{ ['<', '&' | safe] | join }}", "<&");
        renders("{{ ('<' | e) | e }}", "&lt;");
        renders("{{ '<' | e | forceescape }}", "&amp;lt;");
        renders("{{ ('a' | safe) | upper + '<' }}", "A&lt;");
        renders("{{ ('<a' | e).upper() + '>' }}", "&LT;A&gt;");
        renders("{{ 'a<b>\"\\'&' | escape }}", "a&lt;b&gt;&#34;&#39;&amp;");
        renders("{{ ('&' | safe) is escaped }}", "True");
        renders("{{ ('&' | safe) is string }}", "True");
        renders("{{ ('&' | safe) == '&' }}", "True");
    }
}
