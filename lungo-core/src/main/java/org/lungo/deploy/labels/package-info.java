/**
 * Models that give tokens labels, as they are stored and as they answer: start with {@link
 * org.lungo.deploy.labels.Labeller}. No training lives here.
 */
@NullMarked
package org.lungo.deploy.labels;

import org.jspecify.annotations.NullMarked;
