/**
 * The {@code lungo} command: translates arguments into experiments and answers into text, JSON and exit codes.
 *
 * <p>Never here: anything that a library user would miss.
 *
 * <p>Start with {@link org.lungo.cli.Lungo}.
 */
@NullMarked
package org.lungo.cli;

import org.jspecify.annotations.NullMarked;
