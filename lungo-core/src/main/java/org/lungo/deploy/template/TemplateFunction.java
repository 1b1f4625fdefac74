package org.lungo.deploy.template;

import org.jspecify.annotations.Nullable;

/** A function that a template may call, such as {@code raise_exception}. */
@FunctionalInterface
public interface TemplateFunction {
    /**
     * The value of the call: a map, list, text, number, boolean or null.
     *
     * @throws TemplateException when the arguments do not fit; other exceptions pass through the template
     */
    @Nullable
    Object call(Arguments arguments);
}
