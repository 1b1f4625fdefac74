package org.lungo.experiment.config;

import org.lungo.data.Source;
import org.lungo.experiment.track.Track;

/**
 * One error. Passwords of {@code jdbc:} and web addresses are not shown in it.
 *
 * @param place {@code churn.yaml:9:5} or {@code --set train.epochs=x}
 * @param line for sorting
 * @param source the line of the file, or an empty text
 * @param column of the caret, from 1
 */
public record ConfigError(String place, int line, String code, String message, String source, int column) {
    public ConfigError {
        place = withoutSecrets(place);
        message = withoutSecrets(message);
        source = withoutSecrets(source);
    }

    private static String withoutSecrets(String text) {
        return Track.withoutSecrets(Source.withoutSecrets(text));
    }

    /** {@code churn.yaml:9:5: error E203: ...}, and below it the line with a caret. */
    public String text() {
        String head = place + ": error " + code + ": " + message;
        return source.isEmpty() ? head : head + "\n  " + source + "\n  " + " ".repeat(Math.max(0, column - 1)) + "^";
    }
}
