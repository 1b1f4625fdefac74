package org.lungo.cli;

import org.lungo.family.translation.Translator;
import picocli.CommandLine.Option;

/** How translations are searched. */
final class SearchArguments {
    @Option(
            names = {"--beam", "--beams"},
            paramLabel = "N",
            description = "The number of beams; 1 is greedy search (4).")
    private int beam = Translator.Settings.DEFAULTS.beam();

    @Option(
            names = "--length-penalty",
            paramLabel = "A",
            description = "The exponent of the length penalty; larger values favour longer translations (0.6).")
    private double lengthPenalty = Translator.Settings.DEFAULTS.lengthPenalty();

    Translator.Settings settings() {
        return new Translator.Settings(beam, lengthPenalty);
    }
}
