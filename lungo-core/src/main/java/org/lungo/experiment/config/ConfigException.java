package org.lungo.experiment.config;

import java.util.List;

/** A config that cannot be used; the message lists every error with its place. The command line exits with 2. */
public final class ConfigException extends RuntimeException {
    private final List<ConfigError> errors;

    public ConfigException(List<ConfigError> errors) {
        super(String.join("\n", errors.stream().map(ConfigError::text).toList()));
        this.errors = List.copyOf(errors);
    }

    /** The errors by line. */
    public List<ConfigError> errors() {
        return errors;
    }
}
