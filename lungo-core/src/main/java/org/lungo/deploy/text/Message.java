package org.lungo.deploy.text;

/**
 * What one side of a conversation said.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 */
public record Message(String role, String content) {}
