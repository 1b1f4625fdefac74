package org.lungo.tensor;

import org.bytedeco.pytorch.GradMode;

/** Runs code without recording gradients on this thread; for changes of parameters in place. */
final class NoGradient {
    private NoGradient() {}

    static void run(Runnable action) {
        boolean before = GradMode.is_enabled();
        if (before) {
            GradMode.set_enabled(false);
        }
        try {
            action.run();
        } finally {
            if (before) {
                GradMode.set_enabled(true);
            }
        }
    }
}
