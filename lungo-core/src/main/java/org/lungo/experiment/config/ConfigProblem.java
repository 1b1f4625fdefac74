package org.lungo.experiment.config;

/**
 * What is wrong with a value, before it is known where that stands.
 *
 * @param path dotted, of the key
 */
record ConfigProblem(String path, String code, String message) {}
