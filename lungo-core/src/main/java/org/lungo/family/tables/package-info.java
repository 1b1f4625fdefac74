/**
 * Models for tables as they answer: the bundle on disk, the predictor that replays its golden rows, and answers for files of
 * any size.
 *
 * <p>Never here: how they are trained.
 *
 * <p>Start with {@link org.lungo.family.tables.Predictor}.
 */
@NullMarked
package org.lungo.family.tables;

import org.jspecify.annotations.NullMarked;
