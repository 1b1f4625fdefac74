/**
 * How a conversation becomes the text that a language model goes on with.
 *
 * <p>Never here: HTTP, models.
 *
 * <p>Start with {@link org.lungo.server.chat.ChatTemplate}.
 */
@NullMarked
package org.lungo.server.chat;

import org.jspecify.annotations.NullMarked;
