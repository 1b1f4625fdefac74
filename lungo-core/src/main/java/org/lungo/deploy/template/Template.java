package org.lungo.deploy.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template in Jinja; see the package for which and for what it may cost.
 *
 * <pre>{@code
 * Template template = Template.of("{% for name in names %}Hello {{ name | title }}! {% endfor %}");
 * String text = template.render(Map.of("names", List.of("ada", "alan")));      // Hello Ada! Hello Alan!
 * }</pre>
 */
public final class Template {
    private final Statement.Block body;

    private Template(Statement.Block body) {
        this.body = body;
    }

    /**
     * The template that {@code source} says.
     *
     * @throws TemplateException when it is not understood
     */
    public static Template of(String source) {
        return new Template(new StatementParser(Lexer.tokens(source)).template());
    }

    /**
     * The text that the template writes with {@code values}: maps, lists, texts, numbers, booleans, null and
     * {@link TemplateFunction}s. Several threads may call it.
     *
     * @throws TemplateException when the template fails, or costs too much
     * @throws IllegalArgumentException when a value is of another kind
     */
    public String render(Map<String, ? extends @Nullable Object> values) {
        Map<String, Object> known = new HashMap<>(Globals.FUNCTIONS);
        values.forEach((name, value) -> known.put(name, inside(value)));
        Frame frame = Frame.outermost(known).inner();
        body.run(frame);
        return frame.written();
    }

    /** A value from outside; what a function from outside gives is one, too. */
    private static Object inside(@Nullable Object value) {
        return value instanceof TemplateFunction function
                ? (TemplateFunction) arguments -> Kinds.of(function.call(arguments))
                : Kinds.of(value);
    }
}
