/**
 * The declarative layer: from a config to a run folder. What the command line does, and about ten lines of Java.
 *
 * <p>Never here: layers, metrics, the training loop; this package only joins them.
 *
 * <p>Start with {@link org.lungo.experiment.Experiment}.
 */
@NullMarked
package org.lungo.experiment;

import org.jspecify.annotations.NullMarked;
