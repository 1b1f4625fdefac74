/**
 * Serves models over HTTP: {@code lungo serve}, or from Java {@link org.lungo.server.ModelServer}.
 *
 * <p>Never here: training code; a serving process does not load it.
 *
 * <p>Start with {@link org.lungo.server.ModelServer}; the contract is docs/serving.md.
 */
@NullMarked
package org.lungo.server;

import org.jspecify.annotations.NullMarked;
