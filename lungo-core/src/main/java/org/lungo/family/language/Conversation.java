package org.lungo.family.language;

import java.util.ArrayList;
import java.util.List;
import org.lungo.deploy.text.ChatTemplate;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Message;
import org.lungo.deploy.text.Written;

/**
 * A conversation with a language model, which remembers what was said as far as the model's context has room. Not for use
 * by several threads.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     TextGenerator generator = TextGenerator.load(Path.of("runs/assistant-001"));
 *     Conversation conversation = new Conversation(generator, ChatTemplate.in(folder), "Answer briefly.");
 *     conversation.say("What is a tensor?", GenerationSettings.DEFAULTS, System.out::print);
 * }
 * }</pre>
 */
public final class Conversation {
    private final TextGenerator generator;
    private final ChatTemplate template;
    private final List<Message> messages = new ArrayList<>();
    private final int fixed;
    private int forgotten;

    /**
     * A conversation that begins.
     *
     * @param system the system prompt; empty for none
     */
    public Conversation(TextGenerator generator, ChatTemplate template, String system) {
        this.generator = generator;
        this.template = template;
        if (!system.isEmpty()) {
            messages.add(new Message("system", system));
        }
        this.fixed = messages.size();
    }

    /**
     * Says something and gets an answer, both of which are remembered. The oldest exchanges are forgotten where the context
     * has no room for them and for an answer.
     *
     * @param settings with the number of tokens of the answer, which is cut to what the context has room for
     * @param output receives the answer as it is written
     * @throws IllegalArgumentException when the message alone leaves no room for an answer; it is not remembered
     */
    public Written say(String user, GenerationSettings settings, TextGenerator.Output output) {
        messages.add(new Message("user", user));
        try {
            int[] prompt = fitting();
            int room = generator.bundle().context() - prompt.length;
            List<String> stops = new ArrayList<>(settings.stops());
            stops.addAll(template.stops());
            Written written = generator.generate(
                    prompt,
                    new GenerationSettings(
                            Math.min(settings.maxTokens(), room), settings.sampling(), stops, settings.seed()),
                    output);
            messages.add(new Message("assistant", written.text().strip()));
            return written;
        } catch (RuntimeException e) {
            messages.remove(messages.size() - 1);
            throw e;
        }
    }

    /** Forgets everything but the system prompt. */
    public void reset() {
        messages.subList(fixed, messages.size()).clear();
        forgotten = 0;
    }

    /** What was said and is still remembered. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** The number of exchanges that were forgotten for want of room. */
    public int forgotten() {
        return forgotten;
    }

    /** The tokens of the conversation, which leave at least an eighth of the context for the answer. */
    private int[] fitting() {
        int context = generator.bundle().context();
        int most = context - Math.max(1, context / 8);
        int[] prompt = tokens();
        while (prompt.length > most && messages.size() > fixed + 1) {
            messages.subList(fixed, fixed + 2).clear(); // a message and its answer
            forgotten++;
            prompt = tokens();
        }
        if (prompt.length > most) {
            throw new IllegalArgumentException("a message must have at most " + most
                    + " tokens with what the template adds, for the model's context of " + context + ". Received: "
                    + prompt.length + " tokens");
        }
        return prompt;
    }

    private int[] tokens() {
        return generator.bundle().tokenizer().encode(template.render(messages));
    }
}
