package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
     * @throws CorruptFileException when the file is no JSON
     */
    static ChatTemplate in(Path folder) throws IOException {
        Path config = folder.resolve("tokenizer_config.json");
        Path own = folder.resolve("chat_template.jinja");
        JsonNode json = Files.isRegularFile(config) ? read(config) : new JsonMapper().createObjectNode();
        String template = Files.isRegularFile(own) ? Files.readString(own) : template(json.path("chat_template"));
        return template.isEmpty()
                ? new Plain()
                : new JinjaTemplate(template, token(json, "bos_token"), token(json, "eos_token"));
    }

    private static JsonNode read(Path config) throws IOException {
        try {
            return new JsonMapper().readTree(Files.readString(config));
        } catch (JacksonException e) {
            throw new CorruptFileException(config + " must be JSON. Received: " + e.getOriginalMessage());
        }
    }

    /** A text, or a list of named ones of which one is the default. */
    private static String template(JsonNode node) {
        if (node.isArray()) {
            for (JsonNode named : node) {
                if (named.path("name").asString("").equals("default")) {
                    return named.path("template").asString("");
                }
            }
        }
        return node.isString() ? node.asString() : "";
    }

    /** A text, or an object with the text as {@code content}. */
    private static String token(JsonNode config, String name) {
        JsonNode token = config.path(name);
        return (token.isObject() ? token.path("content") : token).asString("");
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
