package org.lungo.cli;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lungo.data.ReadOptions;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Setting;
import picocli.CommandLine.Option;

/** How the files of a prediction are read: as those of the training, but for what {@code --set} says. */
final class ReadArguments {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "How DATA is read where its format differs from the training files: data.read.delimiter,"
                    + " .quote, .header, .skip, .encoding, .missing, .decimal, .date_format; null detects it.")
    private List<String> sets = new ArrayList<>();

    /** The keys that there are. */
    private record Keys(
            @JsonPropertyDescription("Where the rows come from.")
            Read data) {}

    private record Read(
            @JsonPropertyDescription("How files are read.") ReadOptions read) {}

    /** Whether all is as the training's. */
    boolean isEmpty() {
        return sets.isEmpty();
    }

    /**
     * The training's options with those that are set.
     *
     * @throws org.lungo.experiment.config.ConfigException for other keys and for values that are none
     */
    ReadOptions over(ReadOptions trained) {
        List<Setting> settings = sets.stream().map(Setting::of).toList();
        return new ConfigFile<>(new Keys(new Read(trained)), Map.of(), Map.of())
                .resolve("", "", settings)
                .value()
                .data()
                .read();
    }
}
