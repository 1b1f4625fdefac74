/**
 * HTTP: routes, who may use them, strict reading of bodies, answers and errors, the page.
 *
 * <p>Never here: how a model is loaded or asked; see {@link org.lungo.server.registry}.
 *
 * <p>Start with {@link org.lungo.server.http.Routes}.
 */
@NullMarked
package org.lungo.server.http;

import org.jspecify.annotations.NullMarked;
