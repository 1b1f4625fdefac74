package org.lungo.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lungo.nn.Linear;
import org.lungo.nn.LowRank;
import org.lungo.nn.Parameter;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;

/**
 * Fine-tuning with few weights: dense layers of a model get a trained change of low rank, everything else is frozen. Hu et
 * al. 2021, LoRA, arXiv:2106.09685.
 *
 * <pre>{@code
 * Lora lora = new Lora(new LowRank.Config(8, 16, 0.05), Set.of("query", "value"));
 * Llama adapted = lora.adapt(llama, Random.of(1));        // train this one
 * Llama merged = Lora.merge(adapted);                     // answers the same, without adapters
 * }</pre>
 *
 * @param targets the last words of the names of the layers that change, for example {@code query}, {@code up}
 */
public record Lora(LowRank.Config config, Set<String> targets) {
    public Lora {
        targets = Set.copyOf(targets);
        Check.that(!targets.isEmpty(), "expected at least one target", "none");
    }

    /** The same model with adapters, sharing the memory of its weights. New tensors live in the scope around the call. */
    public <M> M adapt(M model, Random random) {
        Check.that(layers(model).isEmpty(), "a model must have no adapters yet; merge them first", "some");
        M adapted = Parameters.replace(model, (name, part) -> {
            if (part instanceof Linear linear && targets.contains(lastWord(name))) {
                return config.build(linear, random.stream(name));
            }
            return part instanceof Parameter parameter ? parameter.frozen() : part;
        });
        Set<String> found = new TreeSet<>();
        layers(adapted).keySet().forEach(name -> found.add(lastWord(name)));
        Check.that(found.equals(targets), "the model must have dense layers called " + targets, found);
        return adapted;
    }

    /** The same model with the changes added to the weights, frozen. New tensors live in the scope around the call. */
    public static <M> M merge(M model) {
        return Parameters.replace(model, (name, part) -> part instanceof LowRank layer ? layer.merged() : part);
    }

    /** The layers of {@code model} that have an adapter, by name. */
    public static Map<String, LowRank> layers(Object model) {
        Map<String, LowRank> layers = new LinkedHashMap<>();
        Parameters.replace(model, (name, part) -> {
            if (part instanceof LowRank layer) {
                layers.put(name, layer);
            }
            return part;
        });
        return layers;
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
