package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a conversation as the text that a model continues as the assistant. */
public sealed interface ChatTemplate permits ChatTemplate.Plain, JinjaTemplate {
    /** The text; it ends where the assistant's next words begin. */
    String render(List<Message> messages);

    /** Texts at which the assistant has ended, besides the model's own end token. */
    List<String> stops();

    /**
     * The template of the model in {@code folder}: {@code chat_template.jinja}, or {@code chat_template} of
     * {@code tokenizer_config.json}; else {@link Plain}.
     *
     * @throws org.lungo.tensor.CorruptFileException when the file is no JSON
     */
    static ChatTemplate in(Path folder) throws IOException {
        TokenizerConfig config = TokenizerConfig.in(folder);
        return config.chatTemplate().isEmpty()
                ? new Plain()
                : new JinjaTemplate(
                        config.chatTemplate(), config.token(TokenizerConfig.BEGIN), config.token(TokenizerConfig.END));
    }

    /** For models without a template: {@code role: text} lines, and {@code assistant:} at the end. */
    record Plain() implements ChatTemplate {
        @Override
        public String render(List<Message> messages) {
            return messages.stream()
                            .map(message -> message.role() + ": " + message.content() + "\n")
                            .collect(Collectors.joining())
                    + "assistant:";
        }

        @Override
        public List<String> stops() {
            return List.of("\nuser:", "\nsystem:");
        }
    }
}
