package org.lungo.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of real data: the one that LUNGO_DATA names, else shared/data next to the repository. */
public final class SharedData {
    private SharedData() {}

    /** A file in it. Skips the test when it is not there and not required by LUNGO_REQUIRE_DATA. */
    public static Path file(String name) {
        String given = System.getenv("LUNGO_DATA");
        List<Path> folders = given != null
                ? List.of(Path.of(given))
                : List.of(Path.of("../shared/data"), Path.of("../../shared/data"));
        for (Path folder : folders) {
            if (Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        assertThat(System.getenv("LUNGO_REQUIRE_DATA"))
                .as("LUNGO_REQUIRE_DATA is set and there is no %s in %s", name, folders)
                .isNotEqualTo("true");
        assumeTrue(false, "skipped: no " + name + " in " + folders + "; set LUNGO_DATA");
        throw new AssertionError("not reached");
    }
}
