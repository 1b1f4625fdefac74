/**
 * What takes texts out of a corpus that a model should not learn from: what is too short, no prose, in another language, or
 * there already.
 *
 * <p>Never here: what is learned from a table's columns (package {@code preprocess}).
 *
 * <p>Start with {@link org.lungo.preprocess.cleaning.Cleaning}.
 */
@NullMarked
package org.lungo.preprocess.cleaning;

import org.jspecify.annotations.NullMarked;
