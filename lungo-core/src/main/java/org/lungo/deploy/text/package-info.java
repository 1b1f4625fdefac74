/**
 * What families of texts start from: models of texts on disk, how a conversation becomes a text, how the next token is
 * chosen, and the search of beams.
 *
 * <p>Never here: anything of training; HTTP; a family. What a model computes stands in {@link org.lungo.model}.
 *
 * <p>Start with {@link org.lungo.deploy.text.TextBundle}.
 */
@NullMarked
package org.lungo.deploy.text;

import org.jspecify.annotations.NullMarked;
