package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Methods of texts, as of Python's str; expected from Jinja2 3.1.6. */
class TextMethodsTest {
    @Test
    void changesCase() {
        renders("{{ 'ab Çd'.upper() }}", "AB ÇD");
        renders("{{ 'AB ÇD'.lower() }}", "ab çd");
        renders("{{ \"they're bill's\".title() }}", "They'Re Bill'S");
        renders("{{ 'hELLO wORLD'.capitalize() }}", "Hello world");
        renders("{{ 'aBc'.swapcase() }}", "AbC");
        renders("{{ 'Straße'.casefold() }}", "strasse");
        renders("{{ 'ß'.upper() }}", "SS");
        renders("{{ 'ßa'.capitalize() }}", "Ssa");
        renders("{{ ''.capitalize() }}", "");
        renders("{{ 'ǆa'.title() }}", "ǅa");
        fails("{{ 'a'.upper(1) }}", "line 1: upper takes at most 0 arguments. Received: 1");
    }

    @Test
    void strips() {
        renders("{{ '\\n a \\t'.strip() }}", "a");
        renders("{{ '\\u3000a\\u00a0'.strip() }}", "a");
        renders("{{ 'xxaxx'.strip('x') }}", "a");
        renders("{{ 'xyaxy'.lstrip('yx') }}", "axy");
        renders("{{ 'xyaxy'.rstrip('yx') }}", "xya");
        renders("{{ ' a '.lstrip() }}", "a ");
        renders("{{ ' a '.rstrip() }}", " a");
        renders("{{ 'a'.strip('') }}", "a");
        renders("{{ 'a'.strip(none) }}", "a");
        fails("{{ 'a'.strip(1) }}", "line 1: chars must be a text. Received: int");
        renders("{{ messages[2].content.split('</think>')[-1].lstrip('\\n') }}", "Because. ");
    }

    @Test
    void splits() {
        renders("{{ ' a b\\n c '.split() }}", "['a', 'b', 'c']");
        renders("{{ 'a,b,,c'.split(',') }}", "['a', 'b', '', 'c']");
        renders("{{ 'a,b,c'.split(',', 1) }}", "['a', 'b,c']");
        renders("{{ 'a,b,c'.split(',', maxsplit=1) }}", "['a', 'b,c']");
        renders("{{ ' a b  c '.split(none, 1) }}", "['a', 'b  c ']");
        renders("{{ ' a b  c '.rsplit(none, 1) }}", "[' a b', 'c']");
        renders("{{ 'a,b,c'.rsplit(',', 1) }}", "['a,b', 'c']");
        renders("{{ 'a::b::c'.rsplit('::') }}", "['a', 'b', 'c']");
        renders("{{ ''.split() }}", "[]");
        renders("{{ ''.split(',') }}", "['']");
        fails("{{ 'a'.split('') }}", "line 1: split takes a separator that is not empty. Received: an empty text");
        fails("{{ 'a'.split(1) }}", "line 1: sep must be a text. Received: int");
        renders("{{ 'a\\nb\\r\\n\\nc\\x0b'.splitlines() }}", "['a', 'b', '', 'c']");
        renders("{{ 'a\\nb\\r\\n'.splitlines(true) }}", "['a\\n', 'b\\r\\n']");
        renders("{{ 'a=b=c'.partition('=') }}", "('a', '=', 'b=c')");
        renders("{{ 'a=b=c'.rpartition('=') }}", "('a=b', '=', 'c')");
        renders("{{ 'a'.partition('=') }}", "('a', '', '')");
        renders("{{ 'a'.rpartition('=') }}", "('', '', 'a')");
        fails(
                "{{ 'a'.partition('') }}",
                "line 1: partition takes a separator that is not empty. Received: an empty text");
        renders("{{ messages[2].content.split('</think>')[0].split('<think>')[-1] }}", "why");
    }

    @Test
    void searches() {
        renders("{{ 'hello'.startswith('he') }}", "True");
        renders("{{ 'hello'.startswith(('x', 'h')) }}", "True");
        renders("{{ 'hello'.startswith('l', 2) }}", "True");
        renders("{{ 'hello'.endswith('lo') }}", "True");
        renders("{{ 'hello'.endswith('l', 0, 4) }}", "True");
        fails("{{ 'hello'.startswith(1) }}", "line 1: prefix must be a text. Received: int");
        renders("{{ 'a😀b😀'.find('b') }}", "2");
        renders("{{ 'hello'.find('x') }}", "-1");
        renders("{{ 'hello'.rfind('l') }}", "3");
        renders("{{ 'hello'.find('l', 3) }}", "3");
        renders("{{ 'hello'.find('l', -2) }}", "3");
        renders("{{ 'hello'.index('l') }}", "2");
        fails("{{ 'hello'.index('x') }}", "line 1: a text that contains x was expected. Received: one without it");
        renders("{{ 'hello'.count('l') }}", "2");
        renders("{{ 'aaaa'.count('aa') }}", "2");
        renders("{{ 'ab'.count('') }}", "3");
    }

    @Test
    void replaces() {
        renders("{{ 'a-b-c'.replace('-', '_') }}", "a_b_c");
        renders("{{ 'a-b-c'.replace('-', '', 1) }}", "ab-c");
        renders("{{ 'ab'.replace('', '-') }}", "-a-b-");
        renders("{{ 'ab'.replace('', '-', 2) }}", "-a-b");
        renders("{{ '😀b'.replace('', '-') }}", "-😀-b-");
        fails("{{ 'a'.replace('a') }}", "line 1: an argument new was expected. Received: none");
        renders("{{ 'prefix'.removeprefix('pre') }}", "fix");
        renders("{{ 'prefix'.removesuffix('fix') }}", "pre");
        renders("{{ 'prefix'.removeprefix('fix') }}", "prefix");
    }

    @Test
    void joins() {
        renders("{{ ', '.join(['a', 'b']) }}", "a, b");
        renders("{{ '-'.join('abc') }}", "a-b-c");
        renders("{{ '-'.join({'a': 1, 'b': 2}) }}", "a-b");
        renders("{{ '-'.join([]) }}", "");
        fails("{{ '-'.join([1]) }}", "line 1: join takes texts. Received: int");
        fails("{{ '-'.join(5) }}", "line 1: a list, a map or a text was expected. Received: int");
    }

    @Test
    void asksForClasses() {
        renders("{{ '12'.isdigit() }}", "True");
        renders("{{ ''.isdigit() }}", "False");
        renders("{{ '1a'.isalnum() }}", "True");
        renders("{{ 'é'.isalpha() }}", "True");
        renders("{{ 'a1'.isalpha() }}", "False");
        renders("{{ ' \\t'.isspace() }}", "True");
        renders("{{ 'AB1'.isupper() }}", "True");
        renders("{{ '1'.isupper() }}", "False");
        renders("{{ 'ab1'.islower() }}", "True");
        renders("{{ 'aB'.islower() }}", "False");
        renders("{{ 'é'.isascii() }}", "False");
        renders("{{ '12'.isnumeric() }}", "True");
        renders("{{ '12'.isdecimal() }}", "True");
    }

    @Test
    void laysOut() {
        renders("{{ 'ab'.center(7, '*') }}", "***ab**");
        renders("{{ 'abc'.center(6) }}", " abc  ");
        renders("{{ 'ab'.ljust(5) ~ '|' }}", "ab   |");
        renders("{{ 'ab'.rjust(5, '.') }}", "...ab");
        renders("{{ '-42'.zfill(5) }}", "-0042");
        renders("{{ 'abc'.zfill(2) }}", "abc");
        fails("{{ 'a'.ljust(5, 'xy') }}", "line 1: fillchar must be one character. Received: xy");
        renders("{{ '{} {}'.format('a', 1) }}", "a 1");
        renders("{{ '{1}{0}{1}'.format('a', 'b') }}", "bab");
        fails("'{a}-{{}}'.format(a=1)", "line 1: a value was expected. Received: }}");
        fails("{{ '{}'.format() }}", "line 1: a field {}, {0} or {name} with a value was expected. Received: {}");
        fails("{{ '{'.format() }}", "line 1: a field {}, {0} or {name} with a value was expected. Received: {}}");
    }

    @Test
    void chainsCalls() {
        renders("{{ messages[0]['content'].strip().upper().split(' ')[0] }}", "BE");
        renders("{{ 'abc'['upper']() }}", "ABC");
        renders("{{ ('a' ~ 'b').upper() }}", "AB");
        fails(
                "{{ messages[0].content.nosuch() }}",
                "line 1: a function was expected. Received: attribute nosuch of str, which is not defined");
        renders("{{ messages[0].content.nosuch }}", "");
        renders("{{ 'a'.upper.x }}", "");
    }
}
