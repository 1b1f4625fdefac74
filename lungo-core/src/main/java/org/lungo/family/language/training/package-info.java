/**
 * How a language model learns, by predicting the next token or masked ones: its config, its run and its evaluation.
 *
 * <p>Never here: anything that answering needs, which loads no class of this package.
 *
 * <p>Start with {@link org.lungo.family.language.training.LanguageStudy}.
 */
@NullMarked
package org.lungo.family.language.training;

import org.jspecify.annotations.NullMarked;
