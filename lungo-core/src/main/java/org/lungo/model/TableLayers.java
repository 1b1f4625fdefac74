package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The layers that networks for tables are made of, as {@code config.json} of a model holds them; null are those that its
 * network does not have.
 *
 * @param mlp what reads numbers and categories
 * @param text what reads words
 * @param bert what reads texts with a BERT
 */
public record TableLayers(
        Mlp.Config mlp,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TextLayers text,

        @JsonInclude(JsonInclude.Include.NON_NULL) BertReader.@Nullable Layers bert) {
    /**
     * {@code own}, the layers that {@code family} must have.
     *
     * @throws IllegalArgumentException when they are null
     */
    static <L> L required(@Nullable L own, String family) {
        if (own == null) {
            throw new IllegalArgumentException("config.json must hold the layers of " + family + ". Received: none");
        }
        return own;
    }
}
