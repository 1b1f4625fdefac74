/**
 * Language models that answer: what they are on disk, how the next token is chosen, texts that are written together and
 * one by one, texts as vectors.
 *
 * <p>Never here: anything of training; HTTP. What a model computes stands in {@link org.lungo.model}.
 *
 * <p>Start with {@link org.lungo.deploy.text.TextGenerator}; {@link org.lungo.deploy.text.TextBatch} is what it runs.
 */
@NullMarked
package org.lungo.deploy.text;

import org.jspecify.annotations.NullMarked;
