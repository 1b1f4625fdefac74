package org.lungo.deploy.template;

/**
 * What one rendering may cost. Templates come with models from elsewhere; within these limits one can neither fill the
 * memory nor run for long.
 */
final class Budget {
    /** Nodes that are run, items that are visited, and every {@link #CHARACTERS_A_STEP} characters of a text built. */
    static final long STEPS = 10_000_000;

    /** Characters of one text: more than any context holds. */
    static final int CHARACTERS = 8 << 20;

    /** Nodes inside each other, in macros that call each other too. */
    static final int DEPTH = 500;

    /** Numbers of one {@code range}, as in Jinja2's sandbox. */
    static final long RANGE = 100_000;

    private static final int CHARACTERS_A_STEP = 16;

    private long steps;
    private int depth;

    void steps(long count) {
        steps += count;
        if (steps > STEPS) {
            throw new TemplateException("a template may take " + STEPS + " steps. Received: one that takes more");
        }
    }

    /** One level down; {@link #leave} goes up again. */
    void enter() {
        steps(1);
        if (++depth > DEPTH) {
            throw new TemplateException("a template may nest " + DEPTH + " deep. Received: one that nests deeper");
        }
    }

    void leave() {
        depth--;
    }

    /** Refuses a text of {@code length} characters that is too long, before it is built. */
    void characters(long length) {
        characters(length, length);
    }

    /** The same, when only {@code added} characters of the text are new. */
    void characters(long length, long added) {
        if (length > CHARACTERS) {
            throw new TemplateException(
                    "a template's text may have " + CHARACTERS + " characters. Received: one that has more");
        }
        steps(added / CHARACTERS_A_STEP);
    }

    /** A look at each character of {@code text}, which costs less than building it. */
    void lookThrough(String text) {
        steps(text.length() / (4 * CHARACTERS_A_STEP));
    }

    /** A text that was built. */
    String text(CharSequence built) {
        characters(built.length());
        return built.toString();
    }
}
