package org.lungo.deploy.batch;

/**
 * What a batch has done.
 *
 * @param rows answered
 * @param bad rows and lines that could not be used
 * @param unknown category values that training never saw
 */
public record Counts(long rows, long bad, long unknown) {}
