package org.lungo.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.family.language.TextBatch;
import org.lungo.family.language.TextGenerator;
import org.lungo.family.language.TextRequest;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.Precision;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how many tokens a second one caller gets from a model of the size of the smallest GPT-2 (12 layers, 768 wide,
 * vocabulary 50257) with random weights, in several precisions, and how far that is from the floor: the time to read the
 * weights from memory, whose bandwidth is measured in the same run. With Jlama on the class path (profile {@code peers}, a
 * JDK of 21 or newer) it writes with the same weights in Llama's layout. Argument: the number of rounds; the best of them is printed.
 */
final class GenerationSpeed {
    private static final int TOKENS = 48;
    private static final int VOCABULARY = 50_257;
    private static final int CONTEXT = 512;

    private GenerationSpeed() {}

    /** Something that is measured: tokens a second. */
    private record Entry(DoubleSupplier round, double floor) {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        Path folder = Files.createTempDirectory("lungo-generation");
        try (Scope scope = Scope.open()) {
            Tokenizer tokenizer = tokenizer(folder);
            Map<String, Entry> entries = new LinkedHashMap<>();
            double bandwidth = bandwidth();
            Llama llama = new Llama.Config(
                            VOCABULARY, CONTEXT, 12, 768, 2048, new Llama.Heads(12, 12, 64), Llama.Details.LLAMA)
                    .build(Random.of(1));
            add(
                    entries,
                    "gpt2",
                    Gpt.Config.of(VOCABULARY, CONTEXT, 12, 12, 768, 0).build(Random.of(1)),
                    tokenizer);
            add(entries, "llama", llama, tokenizer);
            for (Jlama jlama : Jlama.of(new LanguageBundle(llama, tokenizer), folder)) {
                entries.put("jlama " + jlama.precision(), new Entry(() -> jlama.speed(TOKENS), jlama.bytes()));
            }
            Map<String, Double> best = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) { // side by side, so that what changes on the machine hits all
                bandwidth = Math.max(bandwidth, bandwidth());
                entries.forEach((name, entry) -> best.merge(name, entry.round().getAsDouble(), Math::max));
            }
            System.out.printf(Locale.ROOT, "bandwidth %.1f GB/s%n", bandwidth / 1e9);
            for (Map.Entry<String, Double> result : best.entrySet()) {
                double floor = bandwidth / entries.get(result.getKey()).floor();
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %6.1f tokens a second, %.2f of the floor's %.1f%n",
                        result.getKey(),
                        result.getValue(),
                        result.getValue() / floor,
                        floor);
            }
        }
    }

    private static void add(Map<String, Entry> entries, String name, LanguageModel model, Tokenizer tokenizer) {
        for (Precision precision : Precision.values()) {
            LanguageModel held = precision.of(model);
            TextGenerator generator = new TextGenerator(new LanguageBundle(held, tokenizer), Set.of());
            entries.put(name + " " + precision, new Entry(() -> speed(generator), bytesPerToken(held)));
        }
    }

    /** All weights but the tables that one row is read of. */
    private static double bytesPerToken(LanguageModel model) {
        boolean[] tied = {true};
        double[] bytes = {0};
        Parameters.of(model).all().forEach((name, parameter) -> {
            tied[0] &= !name.startsWith("head.");
            boolean table = name.startsWith("tokens.") || name.startsWith("positions.");
            bytes[0] += table ? 0 : size(parameter.value());
        });
        return bytes[0]
                + (tied[0] ? size(Parameters.of(model).all().get("tokens.table").value()) : 0);
    }

    private static double size(Tensor tensor) {
        return (double) tensor.elements() * tensor.dtype().bytes();
    }

    /** Without the prompt. */
    private static double speed(TextGenerator generator) {
        try (Scope scope = Scope.open()) {
            TextBatch batch = new TextBatch(generator, 1);
            GenerationSettings settings = new GenerationSettings(TOKENS + 2, Sampling.GREEDY, List.of(), 1);
            batch.add(new TextRequest(List.of(65L, 66L, 67L, 68L, 69L, 70L, 71L, 72L), settings, 0, new Silent()));
            batch.step();
            long start = System.nanoTime();
            for (int i = 0; i < TOKENS; i++) {
                batch.step();
            }
            return TOKENS / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** Bytes a second. */
    private static double bandwidth() {
        try (Scope scope = Scope.inference()) {
            Tensor numbers = Tensor.ones(DType.FLOAT32, 1 << 26);
            double best = 0;
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                numbers.sum();
                best = Math.max(best, size(numbers) / ((System.nanoTime() - start) / 1e9));
            }
            return best;
        }
    }

    /** A byte-level tokenizer that has a piece for every number. */
    private static Tokenizer tokenizer(Path folder) throws IOException {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (int i = 0; i < 256; i++) {
            vocabulary.put(letter(i), i);
        }
        for (int i = 256; i < VOCABULARY; i++) {
            vocabulary.put("x" + i, i);
        }
        Map<String, Object> bpe = new LinkedHashMap<>();
        bpe.put("type", "BPE");
        bpe.put("vocab", vocabulary);
        bpe.put("merges", new ArrayList<>());
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        file.put("added_tokens", List.of());
        Map<String, Object> bytes = Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true);
        file.put("pre_tokenizer", bytes);
        file.put("decoder", bytes);
        file.put("model", bpe);
        Path path = folder.resolve("tokenizer.json");
        Files.writeString(path, new JsonMapper().writeValueAsString(file));
        return Tokenizer.load(path);
    }

    /** GPT-2's letter for a byte, which can be printed. */
    private static String letter(int value) {
        boolean printed = value >= '!' && value <= '~' || value >= 0xa1 && value != 0xad;
        return String.valueOf((char) (printed ? value : 256 + value));
    }

    private static final class Silent implements TextRequest.Listener {
        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public void written(String piece) {}

        @Override
        public void begun() {}

        @Override
        public void ended(Written text) {}
    }
}
