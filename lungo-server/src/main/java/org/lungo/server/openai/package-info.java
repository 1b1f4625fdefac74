/**
 * OpenAI's API, so that clients written for OpenAI ask models here: routes, reading of requests, answers whole or streamed,
 * errors in OpenAI's form. What a model must be able to do says {@link org.lungo.deploy.text.AnswersTexts}.
 *
 * <p>Never here: a family, since a language model is known by its ability; how texts are sampled and share passes; keys,
 * limits and reading of bodies, which {@link org.lungo.server.http} does for all routes. No other package of the server knows
 * this one; {@link org.lungo.server.ModelServer} adds it.
 *
 * <p>Start with {@link org.lungo.server.openai.OpenAi}.
 */
@NullMarked
package org.lungo.server.openai;

import org.jspecify.annotations.NullMarked;
