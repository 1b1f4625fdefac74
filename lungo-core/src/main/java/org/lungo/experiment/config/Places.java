package org.lungo.experiment.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Where in a config file each key stands, so that an error found later can point at it. */
public final class Places {
    private static final String FILE = "file";

    private final String file;
    private final List<String> lines;
    private final Map<String, Mark> marks;

    Places(String file, List<String> lines, Map<String, Mark> marks) {
        this.file = file;
        this.lines = lines;
        this.marks = marks;
    }

    /** Whether an origin is a place in the file, and not a flag or a variable. */
    static boolean inFile(String origin) {
        return origin.isEmpty() || origin.equals(FILE) || origin.startsWith("line ");
    }

    /** {@code line 7}: where the key {@code path} stands, or what is short for it. */
    String line(String path) {
        Mark mark = mark(path);
        return mark == null ? FILE : "line " + (mark.getLine() + 1);
    }

    /** An error at the key {@code path}, or at the nearest section around it that the file has. */
    ConfigError error(String path, String code, String message) {
        Mark mark = mark(path);
        if (mark == null) {
            return new ConfigError(file, 0, code, message, "", 0);
        }
        String source = mark.getLine() < lines.size() ? lines.get(mark.getLine()) : "";
        String place = file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        return new ConfigError(place, mark.getLine(), code, message, source, mark.getColumn() + 1);
    }

    private @Nullable Mark mark(String path) {
        String at = path;
        while (!marks.containsKey(at) && at.contains(".")) {
            at = at.substring(0, at.lastIndexOf('.'));
        }
        return marks.get(at);
    }
}
