package org.lungo.family.language.training;

import java.util.Collection;
import org.lungo.experiment.TrainingMemory;
import org.lungo.model.Bert;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.tensor.AttentionProducts;
import org.lungo.tensor.Tensor;

/**
 * How large a network is, whether it was made or not.
 *
 * @param values its parameters
 * @param kept what training keeps
 */
record NetworkSize(TrainingMemory.Size values, Kept kept) {
    /** What training keeps until gradients are known. */
    @FunctionalInterface
    interface Kept {
        /**
         * The values for each token, about; the head's are not counted.
         *
         * @param windows of a batch
         * @param context the length of a window
         */
        double perToken(int windows, int context);
    }

    /** A new network. */
    static NetworkSize of(Gpt.Config config) {
        return of(config.count(), (windows, context) -> config.keptPerToken(length(windows, config.heads(), context)));
    }

    /** A new network. */
    static NetworkSize of(Llama.Config config) {
        return of(
                config.count(),
                (windows, context) ->
                        config.keptPerToken(length(windows, config.heads().queries(), context)));
    }

    /** A new network that is trained on masked tokens; it always keeps the weights of its attention. */
    static NetworkSize of(Bert.Config config) {
        return of(MaskedLanguageModel.count(config), (windows, context) -> config.keptPerToken(context));
    }

    private static NetworkSize of(double count, Kept kept) {
        return new NetworkSize(TrainingMemory.Size.of(count), kept);
    }

    /** The number of attention weights that are kept for each token and head. */
    private static double length(int windows, int heads, int context) {
        return AttentionProducts.areKept((double) windows * heads * context * context) ? context : 0;
    }

    /** A network that was read. */
    static NetworkSize of(LanguageModel model) {
        NetworkSize size = model instanceof Llama llama ? of(llama.config()) : of(((Gpt) model).config());
        return size.with(Parameters.of(model));
    }

    /** A network that was read. */
    static NetworkSize of(MaskedLanguageModel model) {
        return of(model.bert().config()).with(Parameters.of(model));
    }

    private NetworkSize with(Parameters parameters) {
        double all = elements(parameters.tensors().values());
        return new NetworkSize(new TrainingMemory.Size(all, elements(parameters.trainable())), kept);
    }

    private static double elements(Collection<Tensor> tensors) {
        return tensors.stream().mapToDouble(Tensor::elements).sum();
    }
}
