package org.lungo.server.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelFolder;

/**
 * Where models are: a run folder, a model folder, or a folder with many of them, named {@code NAME-VERSION} as run folders
 * are, {@code NAME/VERSION}, or {@code NAME} alone.
 *
 * @param folder the run folder, model folder, or folder with many models
 * @param name the name that its model is to have, or null
 */
public record Place(Path folder, @Nullable String name) {
    private static final String MANIFEST = "manifest.json";

    /**
     * A place as the command line names it: {@code FOLDER} or {@code NAME=FOLDER}.
     *
     * @throws IllegalArgumentException when there is no such folder, or no model in it
     */
    public static Place parse(String text) {
        int equals = text.indexOf('=');
        boolean named = equals > 0 && !Files.isDirectory(Path.of(text));
        Place place = named
                ? new Place(Path.of(text.substring(equals + 1)), text.substring(0, equals))
                : new Place(Path.of(text), null);
        if (!Files.isDirectory(place.folder)) {
            throw new IllegalArgumentException(
                    "no folder " + place.folder + "; name a run folder, a model folder or a folder with several");
        }
        if (place.models().isEmpty()) {
            throw new IllegalArgumentException("no model in " + place.folder
                    + "; expected a run folder (lungo train makes one), its model folder, or a folder with several");
        }
        return place;
    }

    /** Whether it is one model; else it is watched for models that come and go. */
    boolean isSingle() {
        return modelFolder(folder) != null;
    }

    /** The complete models that are there now, with their model folders. */
    Map<ModelId, Path> models() {
        Map<ModelId, Path> found = new TreeMap<>();
        Path single = modelFolder(folder);
        if (single != null) {
            found.put(id(ModelId.ofFolder(fileName(folder))), single);
            return found;
        }
        for (Path child : folders(folder)) {
            Path model = modelFolder(child);
            if (model != null) {
                add(
                        found,
                        isNumber(fileName(child)) ? version(folder, child) : id(ModelId.ofFolder(fileName(child))),
                        model);
                continue;
            }
            for (Path inner : folders(child)) {
                Path versioned = modelFolder(inner);
                if (versioned != null && isNumber(fileName(inner))) {
                    add(found, version(child, inner), versioned);
                }
            }
        }
        return found;
    }

    /**
     * Adds a model to those that were found.
     *
     * @throws IllegalArgumentException when another folder holds the same version
     */
    static void add(Map<ModelId, Path> found, ModelId id, Path folder) {
        Path other = found.putIfAbsent(id, folder);
        if (other != null && !other.equals(folder)) {
            throw new IllegalArgumentException(
                    "two folders hold " + id + ": " + other + " and " + folder + "; name one with NAME=FOLDER");
        }
    }

    private ModelId id(ModelId found) {
        return name == null ? found : new ModelId(name, found.version());
    }

    private ModelId version(Path model, Path version) {
        return id(new ModelId(fileName(model), Integer.parseInt(fileName(version))));
    }

    private static boolean isNumber(String name) {
        return name.matches("\\d{1,9}");
    }

    /** The model folder of a run folder, or the folder itself when it is one; null when it is neither. */
    private static @Nullable Path modelFolder(Path folder) {
        for (Path candidate : List.of(folder.resolve("model"), folder)) {
            if (ModelFolder.isComplete(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Changes whenever the model in {@code folder} does. */
    static String signature(Path folder) {
        try {
            return Files.readString(folder.resolve(MANIFEST));
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .filter(child -> !fileName(child).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The last name of the path; of a run's model folder the run's. */
    private static String fileName(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path name = absolute.getFileName();
        if (name != null && name.toString().equals("model") && absolute.getParent() != null) {
            name = absolute.getParent().getFileName();
        }
        return name == null ? "model" : name.toString();
    }
}
