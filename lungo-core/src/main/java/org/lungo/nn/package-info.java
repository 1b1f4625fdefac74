/**
 * Layers: records of their parameters, built by a config record.
 *
 * <p>Never here: data, losses, training, whole architectures (package {@code model}).
 *
 * <p>Start with {@link org.lungo.nn.Layer}, {@link org.lungo.nn.Linear} and {@link org.lungo.nn.Parameters}.
 */
@NullMarked
package org.lungo.nn;

import org.jspecify.annotations.NullMarked;
