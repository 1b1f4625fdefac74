package org.lungo.model.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tensors of a folder: {@code model.safetensors}, or several files and an index that says which holds what. */
final class WeightFiles {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    /** transformers refuses files without it. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private WeightFiles() {}

    /** All tensors by name, mapped into memory. */
    static Map<String, Tensor> read(Path folder) throws IOException {
        if (Files.exists(folder.resolve(SINGLE))) {
            return Safetensors.read(folder.resolve(SINGLE)).tensors();
        }
        if (Files.exists(folder.resolve(INDEX))) {
            return readParts(folder);
        }
        throw new IllegalArgumentException("expected " + SINGLE + " or " + INDEX + " in " + folder
                + "; other formats of weights are not read, convert them first. Received: neither");
    }

    private static Map<String, Tensor> readParts(Path folder) throws IOException {
        Path index = folder.resolve(INDEX);
        Map<String, String> places = places(index);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String file : new TreeSet<>(places.values())) {
            if (!Files.exists(folder.resolve(file))) {
                problems.add("the file '" + file + "' is missing");
                continue;
            }
            Safetensors.read(folder.resolve(file)).tensors().forEach((name, tensor) -> {
                if (!file.equals(places.get(name))) {
                    problems.add("'" + name + "' stands in " + file + " but the index does not say so");
                }
                tensors.put(name, tensor);
            });
        }
        if (problems.isEmpty()) {
            places.forEach((name, file) -> {
                if (!tensors.containsKey(name)) {
                    problems.add("'" + name + "' is not in " + file);
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new CorruptFileException(
                    index + " and its files must agree. Received: " + String.join("; ", problems));
        }
        return tensors;
    }

    private static Map<String, String> places(Path index) throws IOException {
        JsonNode map = ConfigKeys.json(index).path("weight_map");
        Map<String, String> places = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String file = entry.getValue().isString() ? entry.getValue().asString() : "";
            if (!file.matches("[A-Za-z0-9._-]+\\.safetensors")) {
                throw new CorruptFileException(index + " is damaged: expected the name of a safetensors file for '"
                        + entry.getKey() + "'. Received: " + entry.getValue());
            }
            places.put(entry.getKey(), file);
        }
        if (places.isEmpty()) {
            throw new CorruptFileException(index + " is damaged: expected a weight_map. Received: " + map);
        }
        return places;
    }

    /** Writes {@code tensors} to one file, or to several of at most {@code maxBytes} bytes (one tensor may be larger). */
    static void write(Path folder, Map<String, Tensor> tensors, long maxBytes) throws IOException {
        List<Map<String, Tensor>> parts = parts(tensors, maxBytes);
        if (parts.size() == 1) {
            Safetensors.write(folder.resolve(SINGLE), tensors, METADATA);
            return;
        }
        Map<String, String> places = new TreeMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String file = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, parts.size());
            Safetensors.write(folder.resolve(file), parts.get(i), METADATA);
            parts.get(i).keySet().forEach(name -> places.put(name, file));
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("metadata", Map.of("total_size", bytes(tensors)));
        index.put("weight_map", places);
        Files.writeString(
                folder.resolve(INDEX),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(index));
    }

    private static List<Map<String, Tensor>> parts(Map<String, Tensor> tensors, long maxBytes) {
        List<Map<String, Tensor>> parts = new ArrayList<>(List.of(new LinkedHashMap<>()));
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Map<String, Tensor> last = parts.get(parts.size() - 1);
            if (!last.isEmpty() && bytes(last) + bytes(entry.getValue()) > maxBytes) {
                last = new LinkedHashMap<>();
                parts.add(last);
            }
            last.put(entry.getKey(), entry.getValue());
        }
        return parts;
    }

    private static long bytes(Map<String, Tensor> tensors) {
        return tensors.values().stream().mapToLong(WeightFiles::bytes).sum();
    }

    private static long bytes(Tensor tensor) {
        return tensor.elements() * tensor.dtype().bytes();
    }
}
