package org.lungo.benchmark;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.lungo.deploy.text.LanguageBundle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jlama with a model of ours, by reflection: its classes are for newer versions of Java than these.
 *
 * @param bytes of weights that a token reads
 */
record Jlama(String precision, Object model, double bytes) {
    private static final String PACKAGE = "com.github.tjake.jlama.";

    /** {@code bundle}, written to {@code folder}, in its precisions; none without Jlama on the class path. */
    static List<Jlama> of(LanguageBundle bundle, Path folder) throws IOException {
        try {
            Class.forName(PACKAGE + "model.ModelSupport");
        } catch (ClassNotFoundException | LinkageError e) {
            return List.of();
        }
        Path files = folder.resolve("jlama");
        bundle.export(files);
        JsonMapper json = new JsonMapper();
        ObjectNode config = json.readValue(Files.readString(files.resolve("config.json")), ObjectNode.class);
        config.put("bos_token_id", 0).put("eos_token_id", bundle.model().vocabulary() - 1);
        Files.writeString(files.resolve("config.json"), json.writeValueAsString(config));
        Files.writeString(files.resolve("README.md"), "Copied with the weights."); // without it nothing is quantised
        double weights = 12.0 * (4 * 768 * 768 + 3 * 768 * 2048) + 50_257.0 * 768;
        return List.of(
                new Jlama("fp32", load(files.toFile(), "F32"), 4 * weights),
                new Jlama("int4", load(quantised(files).toFile(), "I8"), weights / 2)); // none in 8 bits runs
    }

    private static Path quantised(Path files) {
        try {
            Class<?> type = Class.forName(PACKAGE + "safetensors.DType");
            return (Path) Class.forName(PACKAGE + "safetensors.SafeTensorSupport")
                    .getMethod("quantizeModel", Path.class, type, String[].class, String[].class, Optional.class)
                    .invoke(null, files, constant(type, "Q4"), null, null, Optional.empty());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object load(File folder, String activations) {
        try {
            Class<?> type = Class.forName(PACKAGE + "safetensors.DType");
            return Class.forName(PACKAGE + "model.ModelSupport")
                    .getMethod("loadModel", File.class, type, type)
                    .invoke(null, folder, constant(type, "F32"), constant(type, activations));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equals(name)) {
                return constant;
            }
        }
        throw new IllegalStateException("no " + name);
    }

    /** Tokens a second, without the prompt, as it measures itself. */
    double speed(int tokens) {
        try {
            Class<?> context = Class.forName(PACKAGE + "safetensors.prompt.PromptContext");
            Object prompt = context.getMethod("of", String.class).invoke(null, "ABCDEFGH");
            Method generate = Class.forName(PACKAGE + "model.functions.Generator")
                    .getMethod("generate", UUID.class, context, float.class, int.class, BiConsumer.class);
            BiConsumer<String, Float> silent = (piece, share) -> {};
            Object answer = generate.invoke(model, UUID.randomUUID(), prompt, 0f, tokens + 8, silent);
            int written = answer.getClass().getField("generatedTokens").getInt(answer);
            long millis = answer.getClass().getField("generateTimeMs").getLong(answer);
            return written * 1e3 / millis;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
