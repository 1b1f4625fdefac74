package org.lungo.model.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.lungo.model.LanguageModel;
import org.lungo.model.Lora;
import org.lungo.nn.LowRank;
import org.lungo.nn.Parameter;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.json.JsonMapper;

/**
 * The adapters of {@link Lora} in the files of PEFT: {@code adapter_config.json} and {@code adapter_model.safetensors},
 * without the model they belong to. GPT-2's queries, keys and values are one layer there and cannot be read or written
 * apart.
 */
public final class LoraFiles {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final List<String> IGNORED = List.of(
            "auto_mapping",
            "base_model_name_or_path",
            "inference_mode",
            "init_lora_weights",
            "peft_version",
            "revision",
            "runtime_config",
            "loftq_config",
            "eva_config",
            "corda_config",
            "megatron_config",
            "megatron_core",
            "qalora_group_size",
            "task_type");

    /** Keys that change what is computed, with the only value that is supported, besides null. */
    private static final Map<String, Object> FIXED = Map.ofEntries(
            Map.entry("bias", "none"),
            Map.entry("use_rslora", false),
            Map.entry("use_dora", false),
            Map.entry("lora_bias", false),
            Map.entry("use_qalora", false),
            Map.entry("rank_pattern", Map.of()),
            Map.entry("alpha_pattern", Map.of()));

    private LoraFiles() {}

    /**
     * {@code model} with the adapters in {@code folder}, sharing the memory of its weights. New tensors live in the scope
     * around the call.
     *
     * @throws IllegalArgumentException when the configuration asks for something that is not supported; all such are named
     * @throws CorruptFileException when a tensor is missing, unexpected or of the wrong shape; all such are named
     */
    public static <M extends LanguageModel> M read(Path folder, M model) throws IOException {
        Path file = folder.resolve(CONFIG);
        Check.that(Files.isRegularFile(file), "a folder of adapters must have an " + CONFIG, folder);
        ConfigKeys keys = ConfigKeys.read(file);
        Map<String, String> ours = new LinkedHashMap<>();
        theirs(model).forEach((our, their) -> ours.put(their, our));
        Set<String> targets = new LinkedHashSet<>();
        for (String word : keys.words("target_modules")) {
            int before = targets.size();
            ours.forEach((their, our) -> {
                if (lastWord(their).equals(word)) {
                    targets.add(lastWord(our));
                }
            });
            if (targets.size() == before) {
                keys.problem("target_modules", "names of separate dense layers of this model");
            }
        }
        LowRank.Config config = config(keys, file);
        M adapted = new Lora(config, targets).adapt(model, Random.of(0));
        try (Scope scope = Scope.inference()) {
            load(adapted, Safetensors.read(folder.resolve(WEIGHTS)).tensors(), folder);
        }
        return adapted;
    }

    private static LowRank.Config config(ConfigKeys keys, Path file) {
        keys.supports("peft_type", "LORA");
        FIXED.forEach(keys::supports);
        // For a layer stored as [in, out]; the adapters stand the same way for both.
        keys.ignoring(IGNORED).ignoring(List.of("fan_in_fan_out"));
        int rank = keys.count("r");
        double alpha = keys.number("lora_alpha", 8);
        double dropout = keys.number("lora_dropout", 0);
        keys.finish(file);
        return new LowRank.Config(rank, alpha, dropout);
    }

    private static void load(LanguageModel adapted, Map<String, Tensor> stored, Path folder) {
        Map<String, Tensor> left = new LinkedHashMap<>(stored);
        List<String> problems = new ArrayList<>();
        Map<Tensor, Tensor> copies = new LinkedHashMap<>();
        parameters(adapted).forEach((name, parameter) -> {
            Tensor tensor = left.remove(name);
            if (tensor == null) {
                problems.add("'" + name + "' is missing");
            } else if (!Arrays.equals(tensor.shape(), parameter.value().shape())) {
                problems.add("'" + name + "' must have shape "
                        + Arrays.toString(parameter.value().shape()) + ", got " + Arrays.toString(tensor.shape()));
            } else {
                copies.put(parameter.value(), tensor);
            }
        });
        left.keySet().forEach(name -> problems.add("'" + name + "' is unexpected"));
        if (!problems.isEmpty()) {
            throw new CorruptFileException("the adapters in " + folder + " must be those that " + CONFIG
                    + " describes. Received: " + String.join("; ", problems));
        }
        copies.forEach(Tensor::copyInPlace);
    }

    /** Writes the adapters of {@code model} to {@code folder}, which must be new or empty. */
    public static void write(Path folder, LanguageModel model) throws IOException {
        Map<String, LowRank> layers = Lora.layers(model);
        Check.that(!layers.isEmpty(), "a model must have adapters to write them", "none");
        LowRank first = layers.values().iterator().next();
        Check.that(
                layers.values().stream()
                        .allMatch(layer -> layer.rank() == first.rank() && layer.scale() == first.scale()),
                "all adapters must have one rank and scale to be written",
                "several");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters(model).forEach((name, parameter) -> tensors.put(name, parameter.value()));
        Map<String, String> theirs = theirs(model);
        Set<String> targets = new TreeSet<>();
        layers.keySet().forEach(name -> targets.add(lastWord(theirs.getOrDefault(name, name))));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("peft_type", "LORA");
        config.put("task_type", "CAUSAL_LM");
        config.put("r", first.rank());
        config.put("lora_alpha", first.scale() * first.rank());
        config.put("lora_dropout", first.dropout());
        config.put("bias", "none");
        config.put("fan_in_fan_out", Layout.of(model) instanceof Gpt2Layout);
        config.put("target_modules", targets);
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            Check.that(files.findAny().isEmpty(), "the folder of new adapters must be empty", folder);
        }
        Safetensors.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
        Files.writeString(
                folder.resolve(CONFIG),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config));
    }

    /** The trained parameters by their names in the file. */
    private static Map<String, Parameter> parameters(LanguageModel model) {
        Map<String, String> theirs = theirs(model);
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        Lora.layers(model).forEach((name, layer) -> {
            String module = theirs.get(name);
            Check.that(module != null, "an adapter must belong to a layer that is stored alone", name);
            parameters.put(PREFIX + module + ".lora_A.weight", layer.a());
            parameters.put(PREFIX + module + ".lora_B.weight", layer.b());
        });
        return parameters;
    }

    /** The names of dense layers in the file by ours. */
    private static Map<String, String> theirs(LanguageModel model) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Weight weight : Layout.of(model).weights(model)) {
            String part = weight.parts().get(0);
            if (weight.parts().size() == 1 && part.endsWith(".weight")) {
                names.put(stem(part), stem(weight.stored()));
            }
        }
        return names;
    }

    private static String stem(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
