package org.lungo.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every flag may come from the environment: {@code --seed} from {@code LUNGO_SEED}. The flag itself wins. */
final class EnvironmentDefaults implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            String name = option.longestName().replaceFirst("^--", "").replace('-', '_');
            return System.getenv("LUNGO_" + name.toUpperCase(Locale.ROOT));
        }
        return null;
    }
}
