package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.junit.jupiter.api.Test;

class IdleThreadsTest {
    interface C extends Library {
        String getenv(String name);
    }

    /** As C sees it: Java keeps the environment that it was started with. */
    @Test
    void areTheFirstThingTheEngineSets() {
        assumeThat(Platform.isWindows() || System.getenv("OMP_WAIT_POLICY") != null)
                .isFalse();
        Engine.load();
        String own = System.getenv("GOMP_SPINCOUNT");
        assertThat(Native.load("c", C.class).getenv("GOMP_SPINCOUNT")).isEqualTo(own == null ? "5000" : own);
    }
}
