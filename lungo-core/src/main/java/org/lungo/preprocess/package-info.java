/**
 * From a table's columns to numbers and back: what to do is a {@code Transform}, what was learned from the training rows
 * is a {@code Fitted}, and only a {@code Fitted} can transform.
 *
 * <p>Never here: reading files (package {@code data}), layers; a column only says the shape of the layer that reads it.
 *
 * <p>Start with {@link org.lungo.preprocess.TablePreprocessor}.
 */
@NullMarked
package org.lungo.preprocess;

import org.jspecify.annotations.NullMarked;
