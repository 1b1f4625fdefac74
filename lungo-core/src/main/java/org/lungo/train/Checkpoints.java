package org.lungo.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Manifest;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder that training is resumed from: {@code epoch-000012/} with {@code weights}, {@code best} and
 * {@code optimizer} as safetensors, {@code state.json}, and a manifest that is checked before anything is resumed. Each is written to a temporary folder, forced to the disk and
 * renamed, so that a crash leaves the one before it; the newest two are kept.
 */
public final class Checkpoints {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int KEPT = 2;
    private final Path folder;

    public Checkpoints(Path folder) {
        this.folder = folder;
    }

    /** The tensors of one checkpoint; those that were read are mapped from its files. */
    public record Saved(
            TrainingState state,
            Map<String, Tensor> weights,
            Map<String, Tensor> best,
            Map<String, Tensor> optimizer) {}

    /**
     * Writes a checkpoint and removes old ones.
     *
     * @param last whether training is over, and no other is needed
     */
    public void save(Saved saved, boolean last) {
        String name = String.format("epoch-%06d", saved.state().epoch());
        Path temporary = folder.resolve("." + name + ".writing");
        try {
            Files.createDirectories(folder);
            delete(temporary);
            Files.createDirectory(temporary);
            Safetensors.write(temporary.resolve("weights.safetensors"), saved.weights(), Map.of());
            Safetensors.write(temporary.resolve("best.safetensors"), saved.best(), Map.of());
            Safetensors.write(temporary.resolve("optimizer.safetensors"), saved.optimizer(), Map.of());
            Path state = temporary.resolve("state.json");
            Files.writeString(state, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(saved.state()));
            force(state);
            Manifest.write(temporary, Set.of());
            force(temporary.resolve(Manifest.NAME));
            delete(folder.resolve(name));
            Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            force(folder);
            List<Path> all = all();
            for (Path old : all.subList(0, Math.max(0, all.size() - (last ? 1 : KEPT)))) {
                delete(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the checkpoint " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    /**
     * The newest checkpoint, or null when there is none.
     *
     * @throws CorruptFileException when it is damaged, saying what to remove to continue
     */
    public @Nullable Saved newest() {
        List<Path> all;
        try {
            all = all();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
        }
        if (all.isEmpty()) {
            return null;
        }
        Path newest = all.get(all.size() - 1);
        try {
            return read(newest);
        } catch (CorruptFileException e) {
            throw new CorruptFileException(e.getMessage() + ". " + wayOn(all));
        }
    }

    /** What to remove so that training continues from the newest intact one of {@code all}, or from the start. */
    private String wayOn(List<Path> all) {
        for (int i = all.size() - 2; i >= 0; i--) {
            if (isIntact(all.get(i))) {
                List<String> newer = all.subList(i + 1, all.size()).stream()
                        .map(Path::toString)
                        .toList();
                return "To continue from " + all.get(i).getFileName() + ", which is intact, remove "
                        + String.join(" and ", newer);
            }
        }
        return "No older checkpoint is intact; to train from the start, remove " + folder;
    }

    private static boolean isIntact(Path checkpoint) {
        try {
            Manifest.verify(checkpoint);
            return true;
        } catch (IOException | CorruptFileException e) {
            return false;
        }
    }

    private static Saved read(Path newest) {
        try {
            Manifest.verify(newest);
            TrainingState state = JSON.readValue(Files.readString(newest.resolve("state.json")), TrainingState.class);
            return new Saved(
                    state,
                    Safetensors.read(newest.resolve("weights.safetensors")).tensors(),
                    Safetensors.read(newest.resolve("best.safetensors")).tensors(),
                    Safetensors.read(newest.resolve("optimizer.safetensors")).tensors());
        } catch (IOException | JacksonException e) {
            throw new CorruptFileException(newest + " cannot be read: " + e.getMessage());
        }
    }

    private List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.getFileName().toString().startsWith("epoch-"))
                    .sorted()
                    .toList();
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.walk(folder)) {
                for (Path path : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
