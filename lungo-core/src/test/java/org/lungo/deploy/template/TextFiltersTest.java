package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Filters that give texts; expected from Jinja2 3.1.6. */
class TextFiltersTest {
    @Test
    void changesCase() {
        renders("{{ 'aB' | upper }}", "AB");
        renders("{{ 'aB' | lower }}", "ab");
        renders("{{ 'hELLO wORLD' | capitalize }}", "Hello world");
        renders("{{ 'hello wORLD-x (y) {z} <w it\\'s' | title }}", "Hello World-X (Y) {Z} <W It's");
        renders("{{ 5 | upper }}", "5");
        renders("{{ true | lower }}", "true");
        renders("{{ none | upper }}", "NONE");
    }

    @Test
    void trims() {
        renders("{{ '  a b ' | trim }}", "a b");
        renders("{{ 'xxaxx' | trim('x') }}", "a");
        renders("{{ 'xxaxx' | trim(chars='x') }}", "a");
        renders("{{ 5 | trim }}", "5");
        renders("{{ messages[0].content | trim + '!' }}", "Be brief.!");
        renders("{{ (messages[0].content | trim)[:2] }}", "Be");
    }

    @Test
    void replaces() {
        renders("{{ 'a-b-c' | replace('-', '_') }}", "a_b_c");
        renders("{{ 'a-b-c' | replace('-', '', 1) }}", "ab-c");
        renders("{{ 'a-b' | replace(old='-', new='+') }}", "a+b");
        renders("{{ 101 | replace(0, 1) }}", "111");
        fails("{{ 'a' | replace('a') }}", "line 1: an argument new was expected. Received: none");
    }

    @Test
    void formats() {
        renders("{{ '%s-%s' | format('a', 2) }}", "a-2");
        renders("{{ '%05.2f|%5s|%-5s|%+d|% d' | format(3.14159, 'ab', 'cd', 5, 7) }}", "03.14|   ab|cd   |+5| 7");
        renders(
                "{{ '%x %X %o %e %c %r %i %%' | format(255, 255, 8, 12345.678, 65, 'q', 3) }}",
                "ff FF 10 1.234568e+04 A 'q' 3 %");
        renders("{{ '%(a)s %(b)d' | format(a=1, b=2) }}", "1 2");
        renders("{{ '%.2s' | format('abc') }}", "ab");
        renders("{{ '%s' % 'x' }}", "x");
        renders("{{ '%s %s' % (1, 'b') }}", "1 b");
        renders("{{ '%d' % 2.9 }}", "2");
        renders("{{ '%d' % true }}", "1");
        renders("{{ '%s' % [1] }}", "[1]");
        renders("{{ '%(k)s' % {'k': 'v'} }}", "v");
        fails("{{ '%s' | format }}", "line 1: a value for each field was expected. Received: 0 values");
        fails("{{ '%s' | format(1, 2) }}", "line 1: 1 values were expected. Received: 2 values");
        fails("{{ '%d' | format('a') }}", "line 1: %d takes a number. Received: str");
        fails("{{ '%y' | format(1) }}", "line 1: a format such as %s, %d or %.2f was expected. Received: %y");
        fails("{{ 'a' % 1 }}", "line 1: 0 values were expected. Received: 1 values");
        fails("{{ '%' % 1 }}", "line 1: a format such as %s was expected. Received: %");
        fails("{{ '%(k)s' % {'a': 1} }}", "line 1: a value for the field k was expected. Received: none");
        fails("{{ '%s' | format(1, a=2) }}", "line 1: format takes values or named values. Received: both");
    }

    @Test
    void indents() {
        renders("{{ 'a\\nb\\n\\nc' | indent }}", "a\n    b\n\n    c");
        renders("{{ 'a\\nb\\n\\nc' | indent(2, true) }}", "  a\n  b\n\n  c");
        renders("{{ 'a\\nb\\n\\nc' | indent(2, blank=true) }}", "a\n  b\n  \n  c");
        renders("{{ 'a\\nb\\n' | indent('> ') }}", "a\n> b\n");
        renders("{{ 'a\\nb' | indent(width=1, first=true) }}", " a\n b");
        fails("{{ 5 | indent }}", "line 1: a text was expected. Received: int");
    }

    @Test
    void laysOut() {
        renders("{{ 'ab' | center(7) }}", "   ab  ");
        renders("{{ 'ab' | center | length }}", "80");
        renders("{{ 'one two three' | truncate(8) }}", "one two three");
        renders("{{ 'one two three four' | truncate(9, true) }}", "one tw...");
        renders("{{ 'one two three four' | truncate(9, false, '..', 0) }}", "one..");
        renders("{{ 'one two' | truncate(5, leeway=5) }}", "one two");
        fails("{{ 'abc' | truncate(2) }}", "line 1: truncate takes a length of at least that of its end. Received: 2");
        renders("{{ 'one, two three' | wordcount }}", "3");
        renders("{{ 5 | string + '0' }}", "50");
        renders("{{ none | string }}", "None");
        renders("{{ [1, 'a'] | string }}", "[1, 'a']");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        fails(
                "A{{ 'x' | frobnicate }}B",
                "line 1: a filter of Jinja2 was expected. Received: frobnicate, which is unknown");
        fails("{{ 'x' | upper(1) }}", "line 1: upper takes at most 0 arguments. Received: 1");
        fails("{{ 'x' | trim(nosuch=1) }}", "line 1: trim takes [chars], each once. Received: nosuch=");
        fails("{{ 'x' | trim('x', chars='x') }}", "line 1: trim takes [chars], each once. Received: chars=");
        renders("{% if false %}{{ 'x' | frobnicate }}{% endif %}ok", "ok");
        fails("{{ 'x' | a.b }}", "line 1: a filter of Jinja2 was expected. Received: a.b, which is unknown");
    }
}
