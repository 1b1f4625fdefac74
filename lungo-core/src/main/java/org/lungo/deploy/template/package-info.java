/**
 * Templates in Jinja, as models for conversations come with: what Jinja2 3.1 writes is what {@link
 * org.lungo.deploy.template.Template} writes, in the settings of Hugging Face's transformers (trimmed blocks, the
 * immutable sandbox, loop controls, {@code generation}, its {@code tojson}). Source: Jinja2 3.1.6, documentation and
 * behaviour.
 *
 * <p>The way of a template: {@code Lexer} to tokens, {@code StatementParser} and {@code ExpressionParser} to nodes, and
 * each node runs itself in a {@code Frame}. Values are {@code None}, Boolean, Long, Double, String, List, Map and the
 * few types of this package; a template reaches no other object, and {@code Budget} bounds what it costs.
 *
 * <p>Never here: what a conversation is, files, reflection, any package but the JDK's and JSpecify's.
 *
 * <p>Start with {@link org.lungo.deploy.template.Template}.
 */
@NullMarked
package org.lungo.deploy.template;

import org.jspecify.annotations.NullMarked;
