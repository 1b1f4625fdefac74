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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.model.Bert;
import org.lungo.model.LanguageModel;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.Parameter;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DType;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes folders as Hugging Face has them: {@code config.json} and {@code model.safetensors}, or several such
 * files with an index. Model types {@code gpt2}, {@code llama} and {@code qwen2}, which write texts, and {@code bert}, which
 * reads them.
 *
 * <pre>{@code
 * LanguageModel model = HuggingFace.read(Path.of("Qwen2-0.5B"));
 * HuggingFace.write(Path.of("copy"), model);
 * }</pre>
 */
public final class HuggingFace {
    static final String CONFIG = "config.json";
    private static final String BERT = "bert";

    /** The default of transformers 4, save_pretrained's max_shard_size. */
    private static final long MAX_BYTES = 5_000_000_000L;

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

    /** Whether {@code folder} holds a BERT, as its configuration says. */
    public static boolean isBert(Path folder) throws IOException {
        Path file = folder.resolve(CONFIG);
        return Files.isRegularFile(file)
                && ConfigKeys.json(file).path("model_type").asString("").equals(BERT);
    }

    /** The sizes of the BERT in {@code folder}, without reading its weights; as {@link #readBert} refuses it. */
    public static Bert.Config bertConfig(Path folder) throws IOException {
        requireBert(folder);
        try (Scope scope = Scope.inference()) { // frees the mapped files
            Set<String> names =
                    new BertLayout("").named(WeightFiles.read(folder)).keySet();
            Path file = folder.resolve(CONFIG);
            return BertLayout.config(ConfigKeys.read(file), file, names);
        }
    }

    /**
     * Reads a BERT, with its pooler when it has one; the heads that it was pre-trained with are left out. Otherwise as
     * {@link #read(Path)}.
     */
    public static Bert readBert(Path folder) throws IOException {
        requireBert(folder);
        return read(folder, DType.FLOAT32, type -> new BertLayout(""));
    }

    /**
     * Reads a BERT with the head that tells masked tokens; null when the folder has none. The head that tells next sentences
     * is left out. Otherwise as {@link #read(Path)}.
     */
    public static @Nullable MaskedLanguageModel readMasked(Path folder) throws IOException {
        requireBert(folder);
        boolean headed;
        try (Scope scope = Scope.inference()) { // frees the mapped files
            headed = MaskedLayout.isIn(WeightFiles.read(folder).keySet());
        }
        return headed ? read(folder, DType.FLOAT32, type -> new MaskedLayout()) : null;
    }

    private static void requireBert(Path folder) throws IOException {
        Check.that(
                isBert(folder), "the folder of a BERT must have a " + CONFIG + " whose 'model_type' is bert", folder);
    }

    /** Writes a Gpt or a Llama to {@code folder}, which must be new or empty. */
    public static void write(Path folder, LanguageModel model) throws IOException {
        write(folder, model, GenerationConfig.NONE);
    }

    /** As {@link #write(Path, LanguageModel)}, with the ids of {@code tokens} in the configuration. */
    public static void write(Path folder, LanguageModel model, GenerationConfig tokens) throws IOException {
        write(folder, model, Layout.of(model), tokens, MAX_BYTES);
    }

    /** As {@link #write(Path, LanguageModel)}, in files of at most {@code maxBytes} bytes (one tensor may be larger). */
    public static void write(Path folder, LanguageModel model, long maxBytes) throws IOException {
        write(folder, model, Layout.of(model), GenerationConfig.NONE, maxBytes);
    }

    /** Writes a BERT without a head, as BertModel, to {@code folder}, which must be new or empty. */
    public static void write(Path folder, Bert model) throws IOException {
        write(folder, model, GenerationConfig.NONE);
    }

    /** As {@link #write(Path, Bert)}, with the ids of {@code tokens} in the configuration. */
    public static void write(Path folder, Bert model, GenerationConfig tokens) throws IOException {
        write(folder, model, new BertLayout(""), tokens, MAX_BYTES);
    }

    /** Writes a BERT with its head, as BertForMaskedLM, to {@code folder}, which must be new or empty. */
    public static void write(Path folder, MaskedLanguageModel model) throws IOException {
        write(folder, model, GenerationConfig.NONE);
    }

    /** As {@link #write(Path, MaskedLanguageModel)}, with the ids of {@code tokens} in the configuration. */
    public static void write(Path folder, MaskedLanguageModel model, GenerationConfig tokens) throws IOException {
        write(folder, model, new MaskedLayout(), tokens, MAX_BYTES);
    }

    private static <M> void write(Path folder, M model, Layout<M> layout, GenerationConfig ids, long maxBytes)
            throws IOException {
        Check.positive("maxBytes", maxBytes);
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
            WeightFiles.write(folder, tensors, maxBytes);
            Map<String, Object> config = new LinkedHashMap<>(layout.config(model));
            config.putAll(ids.tokens());
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
        return read(folder, wanted, type -> switch (type) {
            case "gpt2" -> new Gpt2Layout();
            case "llama" -> new LlamaLayout(false);
            case "qwen2" -> new LlamaLayout(true);
            default ->
                throw new IllegalArgumentException("'model_type' in " + folder.resolve(CONFIG)
                        + " must be gpt2, llama or qwen2, which write texts. Received: '" + type + "'"
                        + (type.equals(BERT) ? ", which reads them: fine-tune it, or take its vectors" : ""));
        });
    }

    private static <M> M read(Path folder, @Nullable DType wanted, Function<String, Layout<M>> layouts)
            throws IOException {
        Path file = folder.resolve(CONFIG);
        Check.that(Files.isRegularFile(file), "a model's folder must have a " + CONFIG, folder);
        ConfigKeys keys = ConfigKeys.read(file);
        Layout<M> layout = layouts.apply(keys.text("model_type", ""));
        M model;
        try (Scope scope = Scope.inference()) { // frees the mapped files
            Map<String, Tensor> stored = layout.named(WeightFiles.read(folder));
            DType type = wanted != null ? wanted : onlyType(stored, folder);
            model = layout.blank(keys, file, type, stored.keySet());
            load(layout, model, stored, folder);
            Parameters.of(model).all().values().forEach(parameter -> scope.keep(parameter.value()));
        }
        return model;
    }

    private static <M> void load(Layout<M> layout, M model, Map<String, Tensor> stored, Path folder) {
        Map<String, Parameter> own = Parameters.of(model).all();
        Map<String, Tensor> left = new LinkedHashMap<>(stored);
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
        left.keySet().removeIf(name -> layout.noWeights().matcher(name).matches());
        layout.copies().forEach((name, original) -> {
            Tensor copy = left.remove(name);
            Tensor tied = stored.get(original);
            if (copy != null && tied != null && !same(copy, tied)) {
                problems.add("'" + name + "' differs from '" + original + "', which it is tied to");
            }
        });
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
}
