package org.lungo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.text.ChatTemplate;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.family.Families;
import org.lungo.family.language.Conversation;
import org.lungo.family.language.Language;
import org.lungo.family.language.TextGenerator;
import org.lungo.preprocess.tokenizer.UnknownCharacters;
import org.lungo.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A conversation on the terminal; what a script pipes in is answered line by line. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {
            "Talk with a language model, in the form of its chat template.",
            "Each line is a message. /reset forgets what was said, /quit or the end of the input ends."
        },
        footer = {"", "Example: lungo chat runs/assistant-001 --system 'Answer in one sentence.'"})
final class ChatCommand implements Callable<Integer>, Commands.Computing {
    @Parameters(paramLabel = "RUN", description = "A run of a language model, or a Hugging Face model folder.")
    private Path run = Path.of("");

    @Option(names = "--system", paramLabel = "TEXT", description = "The system prompt.")
    private String system = "";

    @Option(names = "--max-tokens", paramLabel = "N", description = "The maximum number of tokens of an answer (500).")
    private int maxTokens = 500;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "Below 1, likely tokens are drawn more often; 0 always takes the likeliest (the model's, or 1).")
    private @Nullable Double temperature;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the random draws (42).")
    private long seed = GenerationSettings.DEFAULTS.seed();

    @Override
    public Integer call() throws IOException {
        ModelFolder.require(run);
        Family family = Families.of(run);
        if (!(family instanceof Language)) {
            throw new IllegalArgumentException(family.refusal(run));
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (Scope scope = Scope.open()) {
            TextGenerator generator = TextGenerator.load(run);
            ChatTemplate template = ChatTemplate.in(ModelFolder.inside(run));
            if (template instanceof ChatTemplate.Plain) {
                System.err.println("note: the model has no chat template; it continues lines such as 'user: ...'");
            }
            UnknownCharacters unknown = new UnknownCharacters(generator.bundle().tokenizer());
            note(unknown, system);
            talk(new Conversation(generator, template, system), unknown, settings(generator), out);
        }
        return 0;
    }

    private GenerationSettings settings(TextGenerator generator) {
        Sampling sampling = generator.bundle().defaults().sampling();
        return new GenerationSettings(
                maxTokens, temperature == null ? sampling : sampling.temperature(temperature), List.of(), seed);
    }

    private static void note(UnknownCharacters unknown, String text) {
        unknown.read(text);
        unknown.note().ifPresent(note -> System.err.println("note: " + note));
    }

    private static void talk(
            Conversation conversation, UnknownCharacters unknown, GenerationSettings settings, PrintStream out)
            throws IOException {
        boolean typed = System.console() != null;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = next(lines, typed, out); line != null; line = next(lines, typed, out)) {
            String message = line.strip();
            if (message.equals("/quit")) {
                return;
            }
            if (message.equals("/reset")) {
                conversation.reset();
            } else if (!message.isEmpty()) {
                note(unknown, message);
                answer(conversation, message, settings, out);
            }
        }
    }

    private static @Nullable String next(BufferedReader lines, boolean typed, PrintStream out) throws IOException {
        if (typed) {
            out.print("> ");
            out.flush();
        }
        return lines.readLine();
    }

    private static void answer(
            Conversation conversation, String message, GenerationSettings settings, PrintStream out) {
        int before = conversation.forgotten();
        try {
            conversation.say(message, settings, piece -> {
                out.print(piece);
                out.flush();
            });
            out.println();
        } catch (IllegalArgumentException e) {
            System.err.println("error E200: " + e.getMessage());
        }
        out.flush();
        if (conversation.forgotten() > before) {
            System.err.println("note: the beginning of the conversation was forgotten; the context is full");
        }
    }
}
