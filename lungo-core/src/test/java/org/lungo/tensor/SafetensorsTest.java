package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (DType dtype : DType.values()) {
                tensors.put(
                        dtype.name(),
                        Tensor.of(new float[] {0, 1, 0, 1, 1, 0}, 2, 3).to(dtype));
            }
            Safetensors.write(file, tensors, Map.of("a", "b"));
            Safetensors read = Safetensors.read(file);
            assertThat(read.metadata()).containsExactly(Map.entry("a", "b"));
            assertThat(read.tensors().keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
            read.tensors().forEach((name, tensor) -> {
                assertThat(tensor.dtype().name()).isEqualTo(name);
                assertThat(tensor.toDoubles()).isEqualTo(tensors.get(name).toDoubles());
                assertThat(tensor.shape()).containsExactly(2, 3);
            });
        }
    }

    /** A file made by hand after the format's description. */
    @Test
    void readsTheFormat() throws IOException {
        Path file = write("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
        try (Scope scope = Scope.open()) {
            assertThat(Safetensors.read(file).tensors().get("x").toFloats()).containsExactly(0f, 0f);
        }
    }

    @Test
    void refusesHolesOverlapsWrongSizesAndDuplicates() throws IOException {
        for (String header : new String[] {
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}",
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
            "{\"x\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                    + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
            "[]"
        }) {
            Path file = write(header, 8);
            assertThatThrownBy(() -> Safetensors.read(file)).as(header).isInstanceOf(CorruptFileException.class);
        }
    }

    /** The file is whole: nothing is damaged. */
    @ParameterizedTest
    @ValueSource(strings = {"F8_E4M3", "F8_E5M2", "F8_E8M0", "F6_E2M3", "F4", "U16", "C64"})
    void namesATypeThatIsNotSupported(String type) throws IOException {
        Path file = write("{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[8],\"data_offsets\":[0,8]}}", 8);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the tensors of " + file + " must be of the types F32, F64, F16, BF16, I64, I32, I16, I8, U8,"
                                + " BOOL; convert the file to one of them. Received: 'x' of type " + type
                                + ", which is not supported");
    }

    @Test
    void survivesFiveThousandMutations() throws IOException {
        Path file = folder.resolve("fuzz.safetensors");
        try (Scope scope = Scope.open()) {
            Safetensors.write(file, Map.of("w", Tensor.ones(DType.FLOAT32, 3, 4)), Map.of());
        }
        byte[] original = Files.readAllBytes(file);
        var random = Random.of(1).generator();
        for (int i = 0; i < 5000; i++) {
            byte[] mutated = original.clone();
            for (int j = 0; j <= random.nextInt(3); j++) {
                mutated[random.nextInt(mutated.length - 48)] = (byte) random.nextInt(256);
            }
            Files.write(file, mutated);
            try (Scope scope = Scope.open()) {
                Safetensors.read(file).tensors().values().forEach(Tensor::toDoubles);
            } catch (CorruptFileException e) {
                assertThat(e).hasMessageContaining("expected");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("of type U32, which is not supported"); // one byte from F32
            }
        }
    }

    private Path write(String header, int bytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(json.length).put(json);
        return Files.write(folder.resolve("hand.safetensors"), buffer.array());
    }
}
