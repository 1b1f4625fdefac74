/**
 * How a model learns to label tokens: its config, its run and its evaluation.
 *
 * <p>Never here: anything that answering needs, which loads no class of this package.
 *
 * <p>Start with {@link org.lungo.family.labelling.training.LabellingStudy}.
 */
@NullMarked
package org.lungo.family.labelling.training;

import org.jspecify.annotations.NullMarked;
