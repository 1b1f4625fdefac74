package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of {@code promtool check metrics} (client_golang, {@code testutil/promlint}), for a server that has answered. */
class MetricNamesTest {
    private static final Set<String> SHORT_UNITS =
            Set.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");
    private static final Set<String> OTHER_UNITS = Set.of(
            "milliseconds",
            "microseconds",
            "nanoseconds",
            "minutes",
            "hours",
            "days",
            "kilobytes",
            "megabytes",
            "bits");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    @TempDir
    private Path folder;

    @Test
    void followTheRulesOfPrometheus() throws Exception {
        String text;
        try (ModelServer server = TrainedModels.serve(TrainedModels.run(folder.resolve("churn"), "churn"))) {
            Caller caller = Caller.of(server);
            caller.post("/v1/models/churn:predict", "{\"instances\":[{\"age\":41}]}");
            caller.post("/v1/models/churn:predict", "{\"instances\":[{\"age\":true}]}");
            text = caller.get("/metrics").text();
        }
        String file = System.getProperty("lungo.metrics.file"); // to be given to promtool itself
        if (file != null) {
            Files.writeString(Path.of(file), text);
        }
        Map<String, String> types = new HashMap<>();
        Map<String, String> help = new HashMap<>();
        text.lines().filter(line -> line.startsWith("# ")).forEach(line -> {
            String[] words = line.split(" ", 4);
            (words[1].equals("TYPE") ? types : help).put(words[2], words.length > 3 ? words[3] : "");
        });
        assertThat(types.keySet())
                .contains("lungo_requests_total", "process_cpu_seconds_total", "jvm_memory_used_bytes");
        types.forEach((name, type) -> {
            assertThat(help.getOrDefault(name, "").strip())
                    .as("help of " + name)
                    .isNotEmpty();
            assertThat(name).matches("[a-z0-9_:]+");
            assertThat(name.endsWith("_total")).as(name + ", a " + type).isEqualTo(type.equals("counter"));
            assertThat(name).doesNotMatch(".*_(count|sum|bucket|info)");
            for (String word : List.of(name.split("_"))) {
                assertThat(SHORT_UNITS).as(name).doesNotContain(word);
                assertThat(OTHER_UNITS).as(name).doesNotContain(word);
                assertThat(TYPES).as(name).doesNotContain(word);
            }
        });
    }
}
