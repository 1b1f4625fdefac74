/**
 * The declarative layer: from a config to a run folder, whatever is learned.
 *
 * <p>Never here: layers, metrics, the training loop; this package only joins them. No family.
 *
 * <p>Start with {@link org.lungo.experiment.Run}.
 */
@NullMarked
package org.lungo.experiment;

import org.jspecify.annotations.NullMarked;
