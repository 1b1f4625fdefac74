package org.lungo.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.experiment.config.Setting;

/**
 * A request to train, as a command or a config states it.
 *
 * @param input the data, or the file of a config
 * @param config the text of the config; null where the input is data
 * @param flags that were given, by name
 * @param settings that come last, such as those of {@code --set}
 */
public record Order(String input, @Nullable String config, Map<String, Given> flags, List<Setting> settings) {
    public Order {
        flags = new LinkedHashMap<>(flags);
        settings = List.copyOf(settings);
    }

    /**
     * A flag that was given.
     *
     * @param origin what it is called in messages: its name, or the environment variable that stands in for it
     */
    public record Given(String origin, List<String> values) {}

    /** The text of the config; empty where the input is data. */
    public String text() {
        return config == null ? "" : config;
    }

    /** Whether a flag was given. */
    public boolean has(String flag) {
        return flags.containsKey(flag);
    }

    /** What comes before the config's values, in order: the input where it is data, {@code known} flags, the settings. */
    public List<Setting> settings(List<Flag> known) {
        List<Setting> all = new ArrayList<>();
        if (config == null) {
            all.add(new Setting("argument", "data.path=" + quoted(input)));
        }
        for (Flag flag : known) {
            Given given = flags.get(flag.name());
            if (given != null) {
                all.add(new Setting(given.origin(), flag.setting().apply(given.values())));
            }
        }
        all.addAll(settings);
        return all;
    }

    /** A text as YAML that is no number and no truth. */
    public static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
