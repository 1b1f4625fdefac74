/**
 * How a model learns to translate: its data, its config, its run and its evaluation.
 *
 * <p>Never here: anything that answering needs, which loads no class of this package.
 *
 * <p>Start with {@link org.lungo.family.translation.training.TranslationStudy}.
 */
@NullMarked
package org.lungo.family.translation.training;

import org.jspecify.annotations.NullMarked;
