/**
 * Architecture families, one file each with its {@code Config}: a config record builds a model, a model is a record of its
 * layers.
 *
 * <p>Never here: how a model is trained, evaluated or stored.
 *
 * <p>Start with {@link org.lungo.model.Model} and {@link org.lungo.model.Mlp} for tables, {@link org.lungo.model.LanguageModel}
 * and {@link org.lungo.model.Gpt} for text.
 */
@NullMarked
package org.lungo.model;

import org.jspecify.annotations.NullMarked;
