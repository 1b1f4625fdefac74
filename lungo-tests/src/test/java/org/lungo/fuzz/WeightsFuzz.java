package org.lungo.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.huggingface.HuggingFace;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Any bytes as a safetensors file, alone and as a model's: either it is refused in words, or its numbers are read. */
public final class WeightsFuzz {
    private static final String CONFIG = """
            {"model_type": "gpt2", "vocab_size": 3, "n_positions": 2, "n_embd": 2, "n_layer": 1, "n_head": 1,
             "activation_function": "gelu_new", "layer_norm_epsilon": 1e-05}""";

    private WeightsFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Path folder = Files.createTempDirectory("lungo-fuzz");
            Path file = folder.resolve("model.safetensors");
            Path config = folder.resolve("config.json");
            try (Scope scope = Scope.inference()) {
                Files.write(file, data);
                Files.writeString(config, CONFIG);
                read(file);
                LanguageModel model = HuggingFace.read(folder);
                model.forward(Tensor.of(new long[] {0, 1}, 1, 2), null).toFloats();
            } catch (CorruptFileException | IllegalArgumentException e) {
                if (String.valueOf(e.getMessage()).length() < 20) {
                    throw new AssertionError("an error must say what came", e);
                }
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(config);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path file) throws IOException {
        for (Tensor tensor : Safetensors.read(file).tensors().values()) {
            if (tensor.elements() > 0 && tensor.elements() < 1 << 20) {
                tensor.to(DType.FLOAT32).sum().item();
            }
        }
    }

    /** Files that are right, to begin with. */
    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        Path folder = Files.createTempDirectory("lungo-seeds");
        try (Scope scope = Scope.open()) {
            HuggingFace.write(folder, Gpt.Config.of(3, 2, 1, 1, 2, 0).build(Random.of(1)));
            seeds.add(Files.readAllBytes(folder.resolve("model.safetensors")));
        } finally {
            Files.deleteIfExists(folder.resolve("model.safetensors"));
            Files.deleteIfExists(folder.resolve("config.json"));
            Files.delete(folder);
        }
        for (String header : new String[] {
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4611686018427387904,8],\"data_offsets\":[0,0]}}",
            "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[],\"data_offsets\":[0,1]}}",
            "{}"
        }) {
            seeds.add(file(header, header.contains("BOOL") ? 1 : 0));
        }
        return seeds;
    }

    private static byte[] file(String header, int numbers) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[8 + text.length + numbers];
        bytes[0] = (byte) text.length;
        System.arraycopy(text, 0, bytes, 8, text.length);
        return bytes;
    }
}
