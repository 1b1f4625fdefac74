package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/** Places and slices of texts and lists; expected from Jinja2 3.1.6. */
class SlicingTest {
    @Test
    void slicesLists() {
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[1:] }}", "[1, 2, 3, 4]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[:2] }}", "[0, 1]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[-2:] }}", "[3, 4]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[:-1] }}", "[0, 1, 2, 3]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[::2] }}", "[0, 2, 4]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[1::2] }}", "[1, 3]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[::-1] }}", "[4, 3, 2, 1, 0]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[3:1] }}", "[]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[3:0:-1] }}", "[3, 2, 1]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[-1:-9:-2] }}", "[4, 2, 0]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[9:] }}", "[]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[:9] }}", "[0, 1, 2, 3, 4]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[-9:2] }}", "[0, 1]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[:] }}", "[0, 1, 2, 3, 4]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[::] }}", "[0, 1, 2, 3, 4]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ l[none:2] }}", "[0, 1]");
        renders("{% set l = [0, 1, 2, 3, 4] %}{{ (1,2,3)[::-1] }}", "(3, 2, 1)");
        fails("{% set l = [0, 1, 2, 3, 4] %}{{ l[::0] }}", "line 1: a slice's step must not be 0. Received: 0");
        fails(
                "{% set l = [0, 1, 2, 3, 4] %}{{ l[:'a'] }}",
                "line 1: a slice's bound must be a whole number. Received: str");
        renders("{% for m in messages[::-1] %}{{ m.role }},{% endfor %}", "user,assistant,user,system,");
        renders("{{ messages[1:]|length }}", "3");
    }

    @Test
    void slicesTextsByCodePoints() {
        renders("{% set s = 'a😀b𝒳c' %}{{ s[1] }}", "😀");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[-1] }}", "c");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[1:3] }}", "😀b");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[:2] }}", "a😀");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[-2:] }}", "𝒳c");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[::-1] }}", "c𝒳b😀a");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[::2] }}", "abc");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[3:0:-2] }}", "𝒳😀");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[9] }}", "");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[9:] }}", "");
        renders("{% set s = 'a😀b𝒳c' %}{{ s[1:][:1] }}", "😀");
        renders("{% set s = 'a😀b𝒳c' %}{{ s|length }}", "5");
    }

    @Test
    void givesNothingAtPlacesThatAreNotThere() {
        renders("{{ [1][1] }}", "");
        renders("{{ [1][-2] }}", "");
        renders("{{ 'a'[5] }}", "");
        renders("{{ [1][1.5] }}", "");
        renders("{{ [1]['a'] }}", "");
        renders("{{ {'a': 1}[0] }}", "");
        renders("{{ 5[0] }}", "");
        renders("{{ none[0] }}", "");
        renders("{{ messages[9] }}", "");
        fails("{{ messages[9].role }}", "line 1: a value was expected. Received: item 9 of list, which is not defined");
        renders("{{ [1, 2][true] }}", "2");
        renders("{{ messages.0.role }}", "system");
        renders("{{ {'a': 1}.items()[0] }}", "");
    }

    @Test
    void refusesSlicesOfOtherValues() {
        fails("{% set n = 5 %}{{ n[1:] }}", "line 1: a list or a text was expected before [:]. Received: int");
        fails("{{ messages[0][1:] }}", "line 1: a list or a text was expected before [:]. Received: dict");
        fails("{{ nothing[1:] }}", "line 1: a value was expected. Received: nothing, which is not defined");
    }
}
