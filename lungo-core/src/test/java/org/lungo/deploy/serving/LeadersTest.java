package org.lungo.deploy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeadersTest {
    private static final long SHORT = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long LONG = TimeUnit.MILLISECONDS.toNanos(80);

    private final Leaders leaders = new Leaders(2);

    @Test
    void admitsNobodyBeforeAPassWasTimed() {
        assertThat(leaders.admit(Thread.currentThread())).isFalse();
    }

    @Test
    void admitsWhilePassesAreShort() {
        leaders.passTook(SHORT);
        assertThat(leaders.admit(Thread.currentThread())).isTrue();
        leaders.passTook(2 * LONG);
        assertThat(leaders.admit(Thread.currentThread())).isFalse();
        for (int i = 0; i < 20; i++) {
            leaders.passTook(SHORT);
        }
        assertThat(leaders.admit(Thread.currentThread())).isTrue();
    }

    @Test
    void forgetsAFirstPassThatWasSlow() {
        leaders.passTook(LONG);
        assertThat(leaders.admit(Thread.currentThread())).isFalse();
        for (int i = 0; i < 20; i++) {
            leaders.passTook(SHORT);
        }
        assertThat(leaders.admit(Thread.currentThread())).isTrue();
    }

    @Test
    void admitsNoMoreThreadsThanItMayAndCountsTheLiving() throws InterruptedException {
        leaders.passTook(SHORT);
        Thread ended = new Thread(() -> {});
        ended.start();
        assertThat(leaders.admit(ended)).isTrue();
        ended.join();
        Thread other = new Thread(() -> {});
        assertThat(leaders.admit(Thread.currentThread())).isTrue();
        assertThat(leaders.admit(other))
                .as("in place of the one that has ended")
                .isTrue();
    }

    @Test
    void refusesAThreadTooMany() throws InterruptedException {
        leaders.passTook(SHORT);
        Thread living = new Thread(() -> {
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        living.start();
        assertThat(leaders.admit(living)).isTrue();
        assertThat(leaders.admit(Thread.currentThread())).isTrue();
        assertThat(leaders.admit(new Thread(() -> {}))).isFalse();
        living.interrupt();
        living.join();
    }
}
