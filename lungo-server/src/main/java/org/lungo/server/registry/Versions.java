package org.lungo.server.registry;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one model that are loaded.
 *
 * @param loaded by number
 * @param current the number of the one that answers when no version is asked for
 */
record Versions(SortedMap<Integer, ServedModel> loaded, int current) {
    Versions {
        loaded = Collections.unmodifiableSortedMap(new TreeMap<>(loaded));
    }

    /** With another version, which answers from now on. */
    static Versions with(@Nullable Versions before, ServedModel model) {
        int version = model.id().version();
        SortedMap<Integer, ServedModel> loaded = new TreeMap<>();
        int current = version;
        if (before != null) {
            loaded.putAll(before.loaded);
            current = Math.max(version, before.current);
        }
        loaded.put(version, model);
        return new Versions(loaded, current);
    }

    /** Without one of them; null when none is left. The newest of the others answers when it was the current one. */
    @Nullable
    Versions without(int version) {
        SortedMap<Integer, ServedModel> left = new TreeMap<>(loaded);
        left.remove(version);
        return left.isEmpty() ? null : new Versions(left, version == current ? left.lastKey() : current);
    }

    /** The version before the current one, or null. */
    @Nullable
    Integer previous() {
        SortedMap<Integer, ServedModel> older = loaded.headMap(current);
        return older.isEmpty() ? null : older.lastKey();
    }
}
