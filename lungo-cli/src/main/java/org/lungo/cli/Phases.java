package org.lungo.cli;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lungo.train.EpochReport;

/** Where a run is: its phase, and how far the training of that phase is. */
final class Phases {
    private final int epochs;
    private final LongSupplier clock;
    private String name = "";
    private Course course;

    /** @param clock in nanoseconds */
    Phases(int epochs, LongSupplier clock) {
        this.epochs = epochs;
        this.clock = clock;
        this.course = new Course(epochs, clock);
    }

    /** Begins a phase. Returns what the training before came to; null if there was none. */
    @Nullable
    String begin(String started) {
        String before = name.startsWith("Training") && course.hasEnded() ? course.summary() : null;
        name = Character.toUpperCase(started.charAt(0)) + started.substring(1);
        course = new Course(epochs, clock);
        return before;
    }

    /** The phase, as a line begins. */
    String name() {
        return name;
    }

    /** The training in this phase. */
    Course course() {
        return course;
    }

    /** {@code Epoch 3/200, 5 steps of 24 ms: loss 0.3032, val_loss 0.3213}. */
    String ended(EpochReport report) {
        return "Epoch " + report.epoch() + "/" + epochs + ", " + course.pace() + ": " + Course.values(report);
    }
}
