package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.WriteLock;
import org.lungo.deploy.Facts;
import org.lungo.deploy.text.TextBundle;
import org.lungo.experiment.Exporter;
import org.lungo.experiment.Flag;
import org.lungo.tensor.Scope;

/** Writes a language model as a folder for Hugging Face's libraries. */
final class HuggingFaceFolder implements Exporter {
    @Override
    public List<Flag> flags() {
        return List.of();
    }

    @Override
    public Facts export(Path run, Path out, Map<String, String> options) throws IOException {
        try (WriteLock lock = WriteLock.ofFile(out);
                Scope scope = Scope.open()) {
            TextBundle.load(run).export(out);
        }
        String names;
        try (Stream<Path> files = Files.list(out)) {
            names = files.map(file -> file.getFileName() + "").sorted().collect(Collectors.joining(", "));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("to", "huggingface");
        values.put("folder", out.toString());
        return new Facts(out + ": " + names, values);
    }
}
