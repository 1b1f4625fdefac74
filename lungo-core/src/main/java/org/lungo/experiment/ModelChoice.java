package org.lungo.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.lungo.model.Mlp;

/** Which family of networks is trained, and its shape. In a file, the keys of the shape stand beside {@code type}. */
public record ModelChoice(
        @JsonPropertyDescription(
                "The family of networks: `mlp`, dense layers over the numbers and embedded categories.")
        Type type,

        @JsonUnwrapped Mlp.Config mlp) {
    public static final ModelChoice DEFAULTS = new ModelChoice(Type.MLP, Mlp.Config.DEFAULTS);

    /** The families. */
    public enum Type {
        @JsonProperty("mlp")
        MLP
    }
}
