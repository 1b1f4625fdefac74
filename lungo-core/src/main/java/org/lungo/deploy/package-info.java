/**
 * What a trained model is on disk, and how it answers: the bundle, its manifest, the predictor.
 *
 * <p>Never here: anything of training (losses, optimisers, the loop); serving loads this package and what is below it.
 *
 * <p>Start with {@link org.lungo.deploy.Predictor}; text is written by {@link org.lungo.deploy.text}.
 */
@NullMarked
package org.lungo.deploy;

import org.jspecify.annotations.NullMarked;
