package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Blanks, line ends, comments and raw text around tags; what is expected was written by Jinja2 3.1.6. */
class LexerTest {
    @Test
    void takesTheLineEndBehindATag() {
        renders("{% if true %}\na\n{% endif %}\nb", "a\nb");
        renders("{% if true %}\r\na\r\n{% endif %}\r\nb", "a\nb");
        renders("{# c #}\na", "a");
        renders("{{ 1 }}\na", "1\na");
        renders("{% if true +%}\na{% endif %}", "\na");
        renders("{% if true %} \na{% endif %}\n\n", " \na");
    }

    @Test
    void takesBlanksBeforeATagThatStartsItsLine() {
        renders("  {% if true %}a{% endif %}", "a");
        renders("x  {% if true %}a{% endif %}", "x  a");
        renders("x\n \t{% if true %}a{% endif %}", "x\na");
        renders("  {%+ if true %}a{% endif %}", "  a");
        renders("  {# c #}a", "a");
        renders("  {{ 1 }}", "  1");
        renders("{% if true %}\n  {% endif %}x", "x");
        renders("{{ 1 }}  {% if true %}a{% endif %}", "1  a");
    }

    @Test
    void takesAllBlanksAtAMinus() {
        renders("a \n {{- 1 -}} \n b", "a1b");
        renders("a \n {%- if true -%} \n b \n {%- endif -%} \n c", "abc");
        renders("a \n {#- c -#} \n b", "ab");
        renders("a\u00a0\u3000{{- 1 }}", "a1");
        renders("a {{+ 1 }} b", "a 1 b");
        renders("{{- 1 }}{{ 2 -}}", "12");
    }

    @Test
    void dropsOneLineEndAtTheEnd() {
        renders("{{ a\n }}", "");
        renders("{{ a\n\n }}", "");
        renders("{{ 1 }}\n", "1");
        renders("{{ 1 }}\n\n", "1\n");
        fails("{{ \n }}", "line 2: a value was expected. Received: }}");
    }

    @Test
    void writesRawTextAsItIs() {
        renders("{% raw %}{{ a }}{% if %}{# c #}{% endraw %}{{ 1 }}", "{{ a }}{% if %}{# c #}1");
        renders("{% raw -%}  a  {%- endraw %}", "a");
        renders("{%- raw %} a {% endraw -%}  b", " a b");
        renders("{% raw %}\na\n{% endraw %}\nb", "\na\nb");
        fails("{% raw %}{{ a", "line 1: {% raw %} must end with {% endraw %}. Received: one without an end");
    }

    @Test
    void knowsTagsInsideStringsAndBrackets() {
        renders("{{ '}}' }}{{ \"%}\" }}{{ '{{' }}", "}}%}{{");
        renders("{% if '%}' == '%}' %}y{% endif %}", "y");
        renders("{{ {'a': {'b': 1}}.a.b }}", "1");
        renders("{{ {'a': {'b': 1}} }}", "{'a': {'b': 1}}");
        renders("{{ '#}' }}{# {{ a }} {% if %} #}", "#}");
    }

    @Test
    void resolvesEscapes() {
        renders("{{ 'a\\nb\\tc\\\\d\\'e\\\"f' }}", "a\nb\tc\\d'e\"f");
        renders("{{ '\\x41\\u00e9\\U0001F600\\101\\N{BULLET}' }}", "Aé😀A•");
        renders("{{ '\\d\\q' }}", "\\d\\q");
        renders("{{ 'a\\\nb' }}", "ab");
        renders("{{ 'a\nb' }}", "a\nb");
        fails("{{ '\\x4' }}", "line 1: \\x takes 2 hexadecimal digits. Received: 4");
        fails("{{ '\\U99999999' }}", "line 1: a character of Unicode was expected. Received: 99999999");
        fails(
                "{{ '\\N{NO SUCH NAME}' }}",
                "line 1: \\N takes the name of a character in braces. Received: NO SUCH NAME");
        renders("{{ 'a' \"b\" 'c' }}", "abc");
    }

    @Test
    void readsNumbers() {
        renders("{{ 1_000 }}", "1000");
        renders("{{ 0x1F + 0b101 + 0o17 }}", "51");
        renders("{{ 1.5e3 }}", "1500.0");
        renders("{{ 1e-7 }}", "1e-07");
        renders("{{ 1_0.2_5 }}", "10.25");
        renders("{{ 0 }}", "0");
    }

    @Test
    void namesWhatDoesNotFit() {
        fails("a\n{{ 1 ? 2 }}", "line 2: a name, a value or an operator was expected. Received: ?");
        fails("{{ (1] }}", "line 1: a bracket that is open was expected. Received: ]");
        fails("{{ ) }}", "line 1: a bracket that is open was expected. Received: )");
        fails("{{ 'a", "line 1: a string must end with '. Received: one without an end");
        fails("{{ 1", "line 1: a tag must end with }}. Received: the end of the template");
        fails("{% if", "line 1: a tag must end with %}. Received: the end of the template");
        fails("{# a", "line 1: a comment must end with #}. Received: one without an end");
    }
}
