package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code tokenizer_config.json} says besides {@code tokenizer.json}: with it, {@code AutoTokenizer} of Hugging Face's
 * libraries opens a folder.
 *
 * @param tokens the special tokens by what they are for, such as {@code eos_token}
 * @param chatTemplate how conversations are written, in Jinja; empty when the model has no template
 */
public record TokenizerConfig(Map<String, String> tokens, String chatTemplate) {
    /** The file. */
    public static final String FILE = "tokenizer_config.json";

    static final String BEGIN = "bos_token";
    static final String END = "eos_token";
    static final String PADDING = "pad_token";

    private static final String TEMPLATE = "chat_template";
    private static final List<String> ROLES =
            List.of(BEGIN, END, PADDING, "unk_token", "cls_token", "sep_token", "mask_token");

    public TokenizerConfig {
        tokens = Map.copyOf(tokens);
    }

    /** The token for {@code role}, or an empty text. */
    String token(String role) {
        return tokens.getOrDefault(role, "");
    }

    /**
     * What the folder of a model says; a template of its own file {@code chat_template.jinja} comes first.
     *
     * @throws CorruptFileException when the file is no JSON
     */
    static TokenizerConfig in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Path own = folder.resolve("chat_template.jinja");
        JsonNode json = Files.isRegularFile(file) ? json(file) : new JsonMapper().createObjectNode();
        String template = Files.isRegularFile(own) ? Files.readString(own) : template(json.path(TEMPLATE));
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String role : ROLES) {
            JsonNode token = json.path(role);
            String text = (token.isObject() ? token.path("content") : token).asString("");
            if (!text.isEmpty()) {
                tokens.put(role, text);
            }
        }
        return new TokenizerConfig(tokens, template);
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return new JsonMapper().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new CorruptFileException(file + " must be JSON. Received: " + e.getOriginalMessage());
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

    /**
     * Writes {@link #FILE}.
     *
     * @param context the maximum number of tokens of a text
     */
    void write(Path folder, int context) throws IOException {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("tokenizer_class", "PreTrainedTokenizerFast");
        keys.put("model_max_length", context);
        keys.put("clean_up_tokenization_spaces", false);
        for (String role : ROLES) {
            if (!token(role).isEmpty()) {
                keys.put(role, token(role));
            }
        }
        if (!chatTemplate.isEmpty()) {
            keys.put(TEMPLATE, chatTemplate);
        }
        Files.writeString(
                folder.resolve(FILE),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(keys));
    }
}
