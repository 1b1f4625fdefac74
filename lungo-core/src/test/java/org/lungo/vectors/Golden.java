package org.lungo.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Tensor;

/** Values that PyTorch computed, kept next to the tests in {@code golden.safetensors} with the script that made them. */
public record Golden(Map<String, Tensor> tensors) {
    /** The file in the package of {@code test}. */
    public static Golden of(Class<?> test) {
        URL file = Objects.requireNonNull(test.getResource("golden.safetensors"));
        try {
            return new Golden(Safetensors.read(Path.of(file.toURI())).tensors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public Tensor get(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    /** Those whose name starts with {@code prefix} and a point, without it. */
    public Map<String, Tensor> under(String prefix) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix + ".")) {
                found.put(name.substring(prefix.length() + 1), tensor);
            }
        });
        return found;
    }

    /** The largest difference to the tensor called {@code name} is below {@code limit}. */
    public void check(String name, Tensor actual, double limit) {
        assertThat(actual.shape()).as(name).isEqualTo(get(name).shape());
        assertThat(actual.toDoubles()).as(name).containsExactly(get(name).toDoubles(), within(limit));
    }
}
