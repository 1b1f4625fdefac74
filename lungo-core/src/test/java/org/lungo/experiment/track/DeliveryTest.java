package org.lungo.experiment.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** Takes epochs until one that its disk has no room for. */
    private final class Full implements Tracker {
        @Override
        public String title() {
            return "a full disk";
        }

        @Override
        public Known open() {
            return Known.NOTHING;
        }

        @Override
        public void show(Report report) throws IOException {
            calls.add("show " + report.epoch());
            if (report.epoch() == 2) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void end(boolean complete) {
            calls.add("end " + complete);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private Delivery deliver(int epochs) {
        Delivery delivery = new Delivery(new Full());
        for (int epoch = 1; epoch <= epochs; epoch++) {
            delivery.offer(new Tracker.Report(0, epoch, Map.of("loss", 1.0), Map.of()));
        }
        delivery.complete();
        delivery.close(10_000);
        return delivery;
    }

    @Test
    void freesATrackerThatFails() {
        Delivery delivery = deliver(3);
        assertThat(calls).containsExactly("show 1", "show 2", "close");
        assertThat(delivery.warning())
                .isEqualTo("a full disk no longer follows this run: No space left on device; the run goes on");
        assertThat(delivery.warning()).isNull();
    }

    @Test
    void freesATrackerThatIsClosed() {
        Delivery delivery = deliver(1);
        assertThat(calls).containsExactly("show 1", "end true", "close");
        assertThat(delivery.warning()).isNull();
    }
}
