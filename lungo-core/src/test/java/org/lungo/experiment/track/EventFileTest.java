package org.lungo.experiment.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path folder;

    /** The published vector of CRC32C, of the nine digits. */
    @Test
    void masksThePublishedChecksum() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(EventReader.crc(digits, 0, 9)).isEqualTo(0xE3069283);
        int turned = (0xE3069283 >>> 15 | 0xE3069283 << 17) + 0xa282ead8;
        assertThat(EventFile.masked(digits, 0, 9)).isEqualTo(turned);
    }

    @Test
    void isReadByAnotherReader() throws IOException {
        Path path = folder.resolve("events.out.tfevents.1700000000.lungo");
        try (EventFile file = EventFile.open(path, 1_700_000_000_500L)) {
            assertThat(file.shown()).isEmpty();
            file.append(event(1, Map.of("loss", 0.5), Map.of()));
            file.append(event(300, Map.of("val_loss", Double.NaN), Map.of("config", "| käse | 1 |")));
        }
        List<EventReader.Event> events = EventReader.folder(folder);
        assertThat(events).hasSize(3);
        assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
        assertThat(events.get(0).seconds()).isEqualTo(1_700_000_000.5);
        assertThat(events.get(1)).isEqualTo(new EventReader.Event(1.25, 1, "", Map.of("loss", 0.5f), Map.of()));
        assertThat(events.get(2).step()).isEqualTo(300);
        assertThat(events.get(2).numbers()).containsEntry("val_loss", Float.NaN);
        assertThat(events.get(2).texts()).containsExactly(Map.entry("config", "text:| käse | 1 |"));
    }

    /** As a process leaves it that is killed while it writes; damage ends the file as well. */
    @Test
    void goesOnAfterTheLastWholeRecord() throws IOException {
        Path path = folder.resolve("events.out.tfevents.1700000000.lungo");
        try (EventFile file = EventFile.open(path, 0)) {
            file.append(event(1, Map.of("loss", 0.5), Map.of()));
        }
        byte[] whole = Files.readAllBytes(path);
        try (EventFile file = EventFile.open(path, 0)) {
            file.append(event(2, Map.of("loss", 0.4), Map.of()));
        }
        byte[] both = Files.readAllBytes(path);
        for (int length = whole.length; length < both.length; length++) {
            Files.write(path, Arrays.copyOf(both, length));
            try (EventFile file = EventFile.open(path, 0)) {
                assertThat(file.shown()).containsExactly(new EventFile.Shown(1, List.of("loss")));
                file.append(event(2, Map.of("loss", 0.4), Map.of()));
            }
            assertThat(Files.readAllBytes(path)).isEqualTo(both);
        }
        both[both.length - 6] ^= 1;
        Files.write(path, both);
        EventFile.open(path, 0).close();
        assertThat(Files.readAllBytes(path)).isEqualTo(whole);
    }

    private static EventFile.Event event(long step, Map<String, Double> numbers, Map<String, String> texts) {
        return new EventFile.Event(1250, step, numbers, texts);
    }
}
