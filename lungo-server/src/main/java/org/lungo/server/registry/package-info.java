/**
 * The models of a server: where they are, which versions answer, how each kind answers, how one is replaced under load.
 *
 * <p>Never here: HTTP.
 *
 * <p>Start with {@link org.lungo.server.registry.Models} and {@link org.lungo.server.registry.ServedModel}.
 */
@NullMarked
package org.lungo.server.registry;

import org.jspecify.annotations.NullMarked;
