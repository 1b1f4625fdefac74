package org.lungo.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script with which a shell completes commands and flags, those of families included. */
@Command(
        name = CompletionCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Print a script with which a shell completes commands and flags, also of ./lungo.",
        footer = {
            "",
            "bash, now:        source <(lungo completion bash)",
            "bash, always:     lungo completion bash > ~/.local/share/bash-completion/completions/lungo",
            "zsh, in ~/.zshrc: autoload -U compinit && compinit && source <(lungo completion zsh)",
            "fish, always:     lungo completion fish > ~/.config/fish/completions/lungo.fish"
        })
final class CompletionCommand implements Runnable {
    static final String NAME = "completion";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private @Nullable Shell shell;

    /** The shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        /** The name as people type it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void run() {
        CommandLine line = spec.root().commandLine();
        System.out.print(
                shell == Shell.FISH
                        ? FishCompletion.of(line.getCommandSpec())
                        : AutoComplete.bash(spec.root().name(), line)); // zsh reads it through its bashcompinit
    }
}
