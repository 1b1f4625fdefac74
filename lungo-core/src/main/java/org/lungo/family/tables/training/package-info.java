/**
 * How a model for tables learns: its config, what is learned from columns, its run and its evaluation.
 *
 * <p>Never here: anything that answering needs, which loads no class of this package.
 *
 * <p>Start with {@link org.lungo.family.tables.training.TableStudy}.
 */
@NullMarked
package org.lungo.family.tables.training;

import org.jspecify.annotations.NullMarked;
