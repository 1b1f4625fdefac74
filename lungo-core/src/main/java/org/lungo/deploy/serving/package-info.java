/**
 * How a model answers many callers: the queue with its limit and deadlines, requests that share passes of the model, turns
 * at the processors.
 *
 * <p>Never here: HTTP, kinds of models, training.
 *
 * <p>Start with {@link org.lungo.deploy.serving.Passes}; what a server runs is an {@link
 * org.lungo.deploy.serving.Answerer}.
 */
@NullMarked
package org.lungo.deploy.serving;

import org.jspecify.annotations.NullMarked;
