package org.lungo.deploy.text;

/**
 * What was written.
 *
 * @param promptTokens how many tokens the prompt had
 * @param tokens how many tokens were written
 * @param stopped whether the model, or a stop text, ended it; else the maximum number of tokens was reached
 */
public record Written(String text, int promptTokens, int tokens, boolean stopped) {}
