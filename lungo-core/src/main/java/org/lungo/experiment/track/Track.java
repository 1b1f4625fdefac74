package org.lungo.experiment.track;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where a training shows its values while it runs; no result depends on it. */
public record Track(
        @JsonPropertyDescription(
                "Whether event files for TensorBoard are written, to `tensorboard` in the folder of the run.")
        boolean tensorboard,

        @JsonPropertyDescription(
                "The address of an MLflow tracking server, such as `http://localhost:5000`; null for none.")
        @Nullable
        String mlflow) {
    /** Nowhere. */
    public static final Track NONE = new Track(false, null);

    public Track {
        if (mlflow != null) {
            requireServer(mlflow);
        }
    }

    private static void requireServer(String address) {
        URI uri = parsed(address);
        if (uri != null && String.valueOf(uri.getRawAuthority()).contains("@")) {
            throw new IllegalArgumentException(
                    "track.mlflow must be an address without name and password; put them into"
                            + " the environment variables MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        }
        boolean web = uri != null
                && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!web) {
            throw new IllegalArgumentException("track.mlflow must be the http or https address of an MLflow tracking"
                    + " server, such as http://localhost:5000. Received: "
                    + address.replaceAll("//.*@", "//***@"));
        }
    }

    /** A line of a config, a flag or a message without the password of a web address in it. */
    public static String withoutSecrets(String text) {
        String secret =
                text.contains("mlflow") ? ".*" : "[^/\\s]*"; // there it is an address even if it is not well formed
        return text.replaceAll("(?i)(https?://)" + secret + "@", "$1***@");
    }

    private static @Nullable URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
