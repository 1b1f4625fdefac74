/**
 * Shows a training in TensorBoard and MLflow while it runs. {@link org.lungo.experiment.track.Track} is the section of a
 * config, {@link org.lungo.experiment.track.Tracking} the place to start.
 *
 * <p>Never here: anything that a result depends on, or that a training waits for.
 */
@NullMarked
package org.lungo.experiment.track;

import org.jspecify.annotations.NullMarked;
