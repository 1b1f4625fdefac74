package org.lungo.experiment.config;

/**
 * What stands for a null, found by looking at the data.
 *
 * @param from what it was found by, such as {@code 3 classes}
 */
public record Inferred(String value, String from) {}
