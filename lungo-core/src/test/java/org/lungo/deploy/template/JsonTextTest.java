package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** The filter {@code tojson}, as Python's json.dumps; expected from json.dumps. */
class JsonTextTest {
    @Test
    void writesValues() {
        renders("{{ 'a\"b\\\\c\\n\\t\\r\\b\\f\\x01\\x7f' | tojson }}", "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\u007f\"");
        renders("{{ 'é😀</b>&\\u2028' | tojson }}", "\"é😀</b>&\u2028\"");
        renders(
                "{{ [1, -2.5, 1e16, true, false, none, (1,), [], {}] | tojson }}",
                "[1, -2.5, 1e+16, true, false, null, [1], [], {}]");
        renders("{{ {'a': [1, {'b': none}], 'c': ''} | tojson }}", "{\"a\": [1, {\"b\": null}], \"c\": \"\"}");
        renders("{{ {1: 2, none: 3, true: 4, 2.5: 5}|tojson }}", "{\"1\": 4, \"null\": 3, \"2.5\": 5}");
        renders("{{ ['nan'|float, 'inf'|float, '-inf'|float] | tojson }}", "[NaN, Infinity, -Infinity]");
        renders("{{ messages[0] | tojson }}", "{\"role\": \"system\", \"content\": \" Be brief. \"}");
        renders("{{ messages[3].content | tojson }}", "\"<b> & \\\"c\\\" 'd'\"");
        renders(
                "{{ tools | tojson }}",
                "[{\"type\": \"function\", \"function\": {\"name\": \"weather\", \"parameters\": {\"type\": \"object\", "
                        + "\"properties\": {\"city\": {\"type\": \"string\"}, \"days\": {\"type\": \"integer\", \"enum\": [1, 2]}}, "
                        + "\"required\": [\"city\"]}}}]");
        renders("{{ ('a' | safe) | tojson }}", "\"a\"");
        fails(
                "{{ nothing | tojson }}",
                "line 1: a value that JSON can hold was expected. Received: nothing, which is not defined");
        fails("{{ range | tojson }}", "line 1: a value that JSON can hold was expected. Received: function");
        fails(
                "{{ {'a': 1}.items() | tojson }}",
                "line 1: a value that JSON can hold was expected. Received: dict_items");
        fails(
                "{{ [nothing] | tojson }}",
                "line 1: a value that JSON can hold was expected. Received: nothing, which is not defined");
    }

    @Test
    void indents() {
        renders("{{ tools[0] | tojson(indent=4) }}", """
                {
                    "type": "function",
                    "function": {
                        "name": "weather",
                        "parameters": {
                            "type": "object",
                            "properties": {
                                "city": {
                                    "type": "string"
                                },
                                "days": {
                                    "type": "integer",
                                    "enum": [
                                        1,
                                        2
                                    ]
                                }
                            },
                            "required": [
                                "city"
                            ]
                        }
                    }
                }\
                """);
        renders("{{ [1, [], {}, [2]] | tojson(indent=1) }}", "[\n 1,\n [],\n {},\n [\n  2\n ]\n]");
        renders("{{ {'a': 1} | tojson(indent=0) }}", "{\n\"a\": 1\n}");
        renders("{{ {'a': [1]} | tojson(indent='--') }}", "{\n--\"a\": [\n----1\n--]\n}");
        renders("{{ {'a': 1} | tojson(none, 2) }}", "{\n  \"a\": 1\n}");
        renders("{{ {'a': 1} | tojson(indent=none) }}", "{\"a\": 1}");
    }

    @Test
    void takesOptions() {
        renders("{{ {'b': [1, 2], 'a': 2} | tojson(separators=(',', ':')) }}", "{\"b\":[1,2],\"a\":2}");
        renders(
                "{{ {'b': 1, 'a': {'d': 1, 'c': 2}} | tojson(sort_keys=true) }}",
                "{\"a\": {\"c\": 2, \"d\": 1}, \"b\": 1}");
        renders("{{ 'é😀' | tojson(ensure_ascii=true) }}", "\"\\u00e9\\ud83d\\ude00\"");
        renders("{{ {'b': 1} | tojson(indent=2, separators=(',', ' = ')) }}", "{\n  \"b\" = 1\n}");
        fails("{{ 1 | tojson(separators=(',',)) }}", "line 1: separators must be two texts. Received: 1");
        fails(
                "{{ 1 | tojson(nosuch=1) }}",
                "line 1: tojson takes [ensure_ascii, indent, separators, sort_keys], each once. Received: "
                        + "nosuch=");
        fails("{{ 1 | tojson(indent=1.5) }}", "line 1: indent must be a whole number. Received: float");
    }
}
