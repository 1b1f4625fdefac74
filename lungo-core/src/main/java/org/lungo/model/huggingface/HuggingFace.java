package org.lungo.model.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.model.LanguageModel;
import org.lungo.nn.Parameter;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DType;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes folders as Hugging Face has them: {@code config.json} and {@code model.safetensors}, or several such
 * files with an index. Model types {@code gpt2}, {@code llama} and {@code qwen2}.
 *
 * <pre>{@code
 * LanguageModel model = HuggingFace.read(Path.of("Qwen2-0.5B"));
 * HuggingFace.write(Path.of("copy"), model);
 * }</pre>
 */
public final class HuggingFace {
    private static final String CONFIG = "config.json";
    private static final String HEAD = "lm_head.weight";

    /** The default of transformers 4, save_pretrained's max_shard_size. */
    private static final long MOST_BYTES = 5_000_000_000L;

    private HuggingFace() {}

    /**
     * Reads a model as FLOAT32, whatever it is stored as. Its parameters live in the scope around the call.
     *
     * @throws IllegalArgumentException when the configuration asks for something that is not supported; all such are named
     * @throws CorruptFileException when a tensor is missing, unexpected or of the wrong shape; all such are named
     */
    public static LanguageModel read(Path folder) throws IOException {
        return read(folder, DType.FLOAT32);
    }

    /** As {@link #read(Path)}, in the type that the weights are stored as, which must be one for all. */
    public static LanguageModel readAsStored(Path folder) throws IOException {
        return read(folder, null);
    }

    /** The tokens that end a text, {@code eos_token_id} of the configuration; empty when it names none. */
    public static List<Long> endTokens(Path folder) throws IOException {
        JsonNode node = ConfigKeys.json(folder.resolve(CONFIG)).path("eos_token_id");
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        List<JsonNode> nodes = node.isArray() ? List.copyOf(node.values()) : List.of(node);
        Check.that(
                nodes.stream().allMatch(JsonNode::isIntegralNumber),
                "'eos_token_id' in " + CONFIG + " must be a number or a list of numbers",
                node);
        return nodes.stream().map(JsonNode::asLong).toList();
    }

    /** Writes a Gpt or a Llama to {@code folder}, which must be new or empty. */
    public static void write(Path folder, LanguageModel model) throws IOException {
        write(folder, model, MOST_BYTES);
    }

    /** As {@link #write(Path, LanguageModel)}, in files of at most {@code mostBytes} bytes (one tensor may be larger). */
    public static void write(Path folder, LanguageModel model, long mostBytes) throws IOException {
        Check.positive("mostBytes", mostBytes);
        Layout layout = Layout.of(model);
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            Check.that(files.findAny().isEmpty(), "the folder of a new model must be empty", folder);
        }
        try (Scope scope = Scope.inference()) {
            Map<String, Parameter> own = Parameters.of(model).all();
            Check.that(
                    layout.weights(model).stream()
                            .allMatch(weight -> own.keySet().containsAll(weight.parts())),
                    "a model must be written without adapters; merge them with Lora.merge, or write them alone with"
                            + " LoraFiles",
                    model.getClass().getSimpleName() + " with adapters");
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            layout.weights(model).forEach(weight -> tensors.put(weight.stored(), weight.store(own)));
            WeightFiles.write(folder, tensors, mostBytes);
            Map<String, Object> config = new LinkedHashMap<>(layout.config(model));
            config.put(
                    "torch_dtype",
                    tensors.values().iterator().next().dtype().name().toLowerCase(Locale.ROOT));
            // Last, so that a folder with a configuration is complete.
            Files.writeString(
                    folder.resolve(CONFIG),
                    new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config));
        }
    }

    private static LanguageModel read(Path folder, @Nullable DType wanted) throws IOException {
        Path file = folder.resolve(CONFIG);
        Check.that(Files.isRegularFile(file), "a model's folder must have a " + CONFIG, folder);
        ConfigKeys keys = ConfigKeys.read(file);
        Layout layout = layout(keys.text("model_type", ""), file);
        LanguageModel model;
        try (Scope scope = Scope.inference()) { // frees the mapped files
            Map<String, Tensor> stored = WeightFiles.read(folder);
            model = layout.blank(keys, file, wanted != null ? wanted : onlyType(stored, folder));
            load(layout, model, stored, folder);
            Parameters.of(model).all().values().forEach(parameter -> scope.keep(parameter.value()));
        }
        return model;
    }

    private static void load(Layout layout, LanguageModel model, Map<String, Tensor> stored, Path folder) {
        Map<String, Parameter> own = Parameters.of(model).all();
        String prefix = layout.prefix();
        boolean bare = stored.keySet().stream().noneMatch(name -> name.startsWith(prefix));
        Map<String, Tensor> left = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> left.put(bare && !name.equals(HEAD) ? prefix + name : name, tensor));
        Map<Weight, Tensor> found = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Weight weight : layout.weights(model)) {
            Tensor tensor = left.remove(weight.stored());
            String problem = tensor == null ? "'" + weight.stored() + "' is missing" : weight.problem(tensor, own);
            if (tensor != null && problem.isEmpty()) {
                found.put(weight, tensor);
            } else {
                problems.add(problem);
            }
        }
        left.keySet()
                .removeIf(name -> name.startsWith(prefix)
                        && layout.noWeights()
                                .matcher(name.substring(prefix.length()))
                                .matches());
        Tensor head = left.remove(HEAD);
        Tensor table = stored.get((bare ? "" : prefix) + layout.table());
        if (head != null && table != null && !same(head, table)) {
            problems.add("'" + HEAD + "' differs from the table that it is tied to");
        }
        left.keySet().forEach(name -> problems.add("'" + name + "' is unexpected"));
        if (!problems.isEmpty()) {
            throw new CorruptFileException("the weights in " + folder + " must be those that " + CONFIG
                    + " describes. Received: " + String.join("; ", problems));
        }
        found.forEach((weight, tensor) -> weight.load(tensor, own));
    }

    private static boolean same(Tensor head, Tensor table) {
        return Arrays.equals(head.shape(), table.shape())
                && head.eq(table).all().item() == 1;
    }

    private static DType onlyType(Map<String, Tensor> stored, Path folder) {
        Set<DType> types = stored.values().stream()
                .map(Tensor::dtype)
                .filter(DType::isFloating)
                .collect(Collectors.toSet());
        Check.that(
                types.size() == 1,
                "the weights in " + folder + " must be stored as one type to be kept so; read them as FLOAT32",
                types);
        return types.iterator().next();
    }

    private static Layout layout(String type, Path file) {
        return switch (type) {
            case "gpt2" -> new Gpt2Layout();
            case "llama" -> new LlamaLayout(false);
            case "qwen2" -> new LlamaLayout(true);
            default ->
                throw new IllegalArgumentException(
                        "'model_type' in " + file + " must be gpt2, llama or qwen2. Received: '" + type + "'");
        };
    }
}
