package org.lungo.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.family.Families;
import org.lungo.family.language.BeamSearch;
import org.lungo.family.language.Language;
import org.lungo.family.language.TextGenerator;
import org.lungo.family.tables.Tables;
import org.lungo.model.Precision;
import org.lungo.preprocess.tokenizer.UnknownCharacters;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a language model continue a prompt; only the text goes to standard output, as it is written. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Let a language model continue a prompt.",
        footer = {"", "Example: lungo generate runs/corpus-001 --prompt 'Once upon a time' --temperature 0.8"})
final class GenerateCommand implements Callable<Integer>, Commands.Computing {
    @Parameters(paramLabel = "RUN", description = "A run of a language model, or a Hugging Face model folder.")
    private Path run = Path.of("");

    @Option(names = "--prompt", paramLabel = "TEXT", description = "The text to continue; it is not printed again.")
    private String prompt = "";

    @Option(names = "--max-tokens", paramLabel = "N", description = "The maximum number of tokens to write (200).")
    private int maxTokens = GenerationSettings.DEFAULTS.maxTokens();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Below 1, likely tokens are drawn more often; 0 always takes the likeliest (what the model's"
                    + " generation_config.json says, or 1; likewise below).")
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Draw only from the K likeliest tokens (0: all).")
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw from the likeliest tokens whose probabilities add up to P (1).")
    private @Nullable Double topP;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Draw from tokens at least P times as probable as the likeliest (0).")
    private @Nullable Double minP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "R",
            description = "Above 1, tokens that the text already holds become less likely (1).")
    private @Nullable Double repetitionPenalty;

    @Option(names = "--stop", paramLabel = "TEXT", description = "Stop before this text; can be given several times.")
    private List<String> stops = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the random draws (42).")
    private long seed = GenerationSettings.DEFAULTS.seed();

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "The type of the weights: fp32, bf16, int8 or int4 (as stored).")
    private @Nullable Precision precision;

    @Option(
            names = "--beams",
            paramLabel = "N",
            description = "Search with N beams for the likeliest text instead of drawing tokens (0: draw).")
    private int beams;

    @Option(
            names = "--length-penalty",
            paramLabel = "P",
            description = "With --beams: above 0 favours longer texts (1).")
    private double lengthPenalty = 1;

    @Option(names = "--json", description = "Print one JSON object at the end instead.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ModelFolder.require(run);
        Family family = Families.of(run);
        if (!(family instanceof Language) && !(family instanceof Tables)) {
            throw new IllegalArgumentException(family.refusal(run));
        }
        GenerationSettings usual = settings(Sampling.PLAIN); // refuses wrong flags before the model is read
        Check.notNegative("beams", beams);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (Scope scope = Scope.open()) {
            TextGenerator generator = TextGenerator.load(run, precision);
            UnknownCharacters unknown = new UnknownCharacters(generator.bundle().tokenizer());
            unknown.read(prompt);
            unknown.note().ifPresent(note -> System.err.println("note: " + note));
            Consumer<String> show = json
                    ? text -> {}
                    : text -> {
                        out.print(text);
                        out.flush();
                    };
            Written written;
            if (beams > 0) {
                written = likeliest(generator, usual);
                show.accept(written.text());
            } else {
                Sampling sampling = generator.bundle().defaults().sampling();
                written = generator.generate(prompt, settings(sampling), show::accept);
            }
            out.println(json ? describe(written) : "");
            out.flush();
            return 0;
        }
    }

    /** What the flags say, and else {@code usual}. */
    private GenerationSettings settings(Sampling usual) {
        Sampling sampling = new Sampling(
                temperature == null ? usual.temperature() : temperature,
                topK == null ? usual.topK() : topK,
                topP == null ? usual.topP() : topP,
                minP == null ? usual.minP() : minP,
                repetitionPenalty == null ? usual.repetitionPenalty() : repetitionPenalty);
        return new GenerationSettings(maxTokens, sampling, stops, seed);
    }

    private Written likeliest(TextGenerator generator, GenerationSettings settings) {
        if (!settings.sampling().equals(Sampling.PLAIN)) {
            throw new IllegalArgumentException(
                    "--beams draws nothing; leave out --temperature, --top-k, --top-p, --min-p"
                            + " and --repetition-penalty");
        }
        return new BeamSearch(generator, beams, lengthPenalty)
                .generate(prompt, maxTokens, stops)
                .get(0);
    }

    private static String describe(Written written) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", written.text());
        values.put("prompt_tokens", written.promptTokens());
        values.put("completion_tokens", written.tokens());
        values.put("finish_reason", written.stopped() ? "stop" : "length");
        return ConfigFile.JSON.writeValueAsString(values);
    }
}
