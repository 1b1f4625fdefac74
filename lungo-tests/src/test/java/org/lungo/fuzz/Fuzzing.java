package org.lungo.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts Jazzer, which is on the class path in the profile {@code fuzz}, on one of the targets, for some seconds. Inputs that
 * it finds worth keeping, and those that break something, are in {@code target/fuzz}.
 */
final class Fuzzing {
    /** What reads the files alone: Jazzer breaks classes that are loaded before it. */
    private static final String TOKENIZERS = "org.lungo.preprocess.tokenizer.**";

    private static final String WEIGHTS = "org.lungo.tensor.Safetensors*:org.lungo.model.huggingface.**";

    private Fuzzing() {}

    /** {@code tokenizer} or {@code weights}, and the seconds. */
    public static void main(String[] arguments) throws Exception {
        boolean tokenizer = arguments[0].equals("tokenizer");
        Path corpus = Path.of("target", "fuzz", arguments[0]);
        write(corpus, tokenizer ? TokenizerFuzz.seeds() : WeightsFuzz.seeds());
        Class<?> target = tokenizer ? TokenizerFuzz.class : WeightsFuzz.class;
        String[] jazzer = {
            "--target_class=" + target.getName(),
            "--instrumentation_includes=" + (tokenizer ? TOKENIZERS : WEIGHTS) + ":tools.jackson.core.**",
            "-max_total_time=" + arguments[1],
            "-max_len=8192",
            "-rss_limit_mb=4096",
            "-artifact_prefix=" + corpus.getParent() + "/",
            corpus.toString()
        };
        Class.forName("com.code_intelligence.jazzer.Jazzer")
                .getMethod("main", String[].class)
                .invoke(null, (Object) jazzer);
    }

    private static void write(Path folder, List<byte[]> seeds) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed" + i), seeds.get(i));
        }
    }
}
