/**
 * The training loop and what stands around it: early stopping, checkpoints, progress.
 *
 * <p>Never here: what is trained (package {@code model}), how good it is (package {@code evaluate}), files of a whole
 * experiment (package {@code experiment}).
 *
 * <p>Start with {@link org.lungo.train.Trainer}.
 */
@NullMarked
package org.lungo.train;

import org.jspecify.annotations.NullMarked;
