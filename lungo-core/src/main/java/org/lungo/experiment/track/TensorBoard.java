package org.lungo.experiment.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Event files for TensorBoard. A resumed training appends to the file that was begun. */
final class TensorBoard implements Tracker {
    private static final String PREFIX = "events.out.tfevents.";
    private static final String CONFIG = "config";

    private final Path folder;
    private final Clock clock;
    private @Nullable EventFile file;

    TensorBoard(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public String title() {
        return "TensorBoard in " + folder;
    }

    @Override
    public Known open() throws IOException {
        Files.createDirectories(folder);
        Path path = newest();
        if (path == null) {
            path = folder.resolve(String.format(Locale.ROOT, "%s%010d.lungo", PREFIX, clock.millis() / 1000));
        }
        EventFile opened = EventFile.open(path, clock.millis());
        file = opened;
        int epoch = 0;
        boolean ended = false;
        for (EventFile.Shown shown : opened.shown()) {
            boolean end = shown.tags().contains(CONFIG);
            ended |= end;
            epoch = end ? epoch : Math.max(epoch, Math.toIntExact(shown.step()));
        }
        return new Known(epoch, ended);
    }

    private @Nullable Path newest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .max(Path::compareTo)
                    .orElse(null);
        }
    }

    @Override
    public void show(Report report) throws IOException {
        if (file != null) {
            Map<String, String> texts = report.ends() ? Map.of(CONFIG, table(report.config())) : Map.of();
            file.append(new EventFile.Event(report.millis(), report.epoch(), report.values(), texts));
        }
    }

    /** A table in Markdown, which TensorBoard shows as one. */
    private static String table(Map<String, String> config) {
        return config.entrySet().stream()
                .map(value -> "| " + value.getKey() + " | "
                        + value.getValue().replace("|", "\\|").replace('\n', ' ') + " |")
                .collect(Collectors.joining("\n", "| key | value |\n|---|---|\n", "\n"));
    }

    @Override
    public void end(boolean complete) {
        // the file of a complete run ends with its config
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
