/**
 * HTTP: routes, who may use them, strict reading of bodies, answers and errors, the page. What a package with routes of its
 * own needs of it is public: {@link org.lungo.server.http.Protocol}, {@link org.lungo.server.http.Guard}, {@link
 * org.lungo.server.http.Calls}, {@link org.lungo.server.http.HttpFailure}.
 *
 * <p>Never here: how a model is loaded or asked (see {@link org.lungo.server.registry}); what only some models can do, such
 * as writing texts; another package's form of requests and answers, such as OpenAI's.
 *
 * <p>Start with {@link org.lungo.server.http.Routes}.
 */
@NullMarked
package org.lungo.server.http;

import org.jspecify.annotations.NullMarked;
