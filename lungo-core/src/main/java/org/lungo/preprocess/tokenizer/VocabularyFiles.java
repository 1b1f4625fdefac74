package org.lungo.preprocess.tokenizer;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.data.LineEnds;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Vocabularies as they were published before {@code tokenizer.json}. What comes out has an equivalent one:
 * {@link Tokenizer#json}.
 */
public final class VocabularyFiles {
    private static final List<String> BERT = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final String END = "<|endoftext|>";

    private VocabularyFiles() {}

    /**
     * BERT's {@code vocab.txt}: a token per line, its id the number of the line from 0.
     *
     * @param lowercase true for the "uncased" models, which also strip accents
     * @throws CorruptFileException when a line is empty or there twice, or {@code [UNK]} is missing
     */
    public static Tokenizer bert(Path vocabulary, boolean lowercase) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String line : lines(vocabulary)) {
            require(!line.isEmpty(), vocabulary, "a token on every line", "none on line " + (ids.size() + 1));
            Integer earlier = ids.put(line, ids.size());
            require(earlier == null, vocabulary, "tokens that differ", "'" + line + "' twice");
        }
        require(ids.containsKey("[UNK]"), vocabulary, "a line [UNK]", ids.size() + " other lines");
        List<String> special = BERT.stream().filter(ids::containsKey).toList();
        return Layout.bert(special, ids, lowercase).wordPiece(ids);
    }

    /**
     * BERT's {@code vocab.txt} as Hugging Face's libraries read it: in lower case, unless {@code do_lower_case} of the {@code
     * tokenizer_config.json} in its folder says otherwise.
     *
     * @throws CorruptFileException as {@link #bert}
     */
    public static Tokenizer bertWithConfig(Path vocabulary) throws IOException {
        Path config = vocabulary.resolveSibling("tokenizer_config.json");
        JsonNode lowercase =
                Files.isRegularFile(config) ? json(config).path("do_lower_case") : TokenizerFile.JSON.nullNode();
        return bert(vocabulary, !lowercase.isBoolean() || lowercase.asBoolean());
    }

    /**
     * GPT-2's two files: {@code encoder.json} with the ids, {@code vocab.bpe} with a merge per line, the first first.
     *
     * @throws CorruptFileException when either is damaged, or they do not belong together
     */
    public static Tokenizer gpt2(Path encoder, Path merges) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        JsonNode root = json(encoder);
        require(root.isObject(), encoder, "an object of ids by token", "another value");
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            boolean right =
                    entry.getValue().isIntegralNumber() && entry.getValue().canConvertToInt();
            require(right, encoder, "a whole number as the id of '" + entry.getKey() + "'", entry.getValue() + "");
            ids.put(entry.getKey(), entry.getValue().asInt());
        }
        List<String[]> pairs = new ArrayList<>();
        for (String line : lines(merges)) {
            if (line.startsWith("#version") || line.isEmpty()) {
                continue;
            }
            String[] pair = line.split(" ", -1);
            boolean known = pair.length == 2 && ids.containsKey(pair[0]) && ids.containsKey(pair[1]);
            require(known, merges, "two tokens of " + encoder.getFileName() + " on every line", line);
            pairs.add(pair);
        }
        List<String> special = ids.containsKey(END) ? List.of(END) : List.of();
        return Layout.bytes(special, ids).bpe(ids, pairs, "");
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return TokenizerFile.JSON.readTree(String.join("\n", lines(file)));
        } catch (JacksonException e) {
            throw TokenizerFile.corrupt(file.toString(), "JSON", e.getOriginalMessage());
        }
    }

    private static List<String> lines(Path file) throws IOException {
        require(Files.size(file) <= Tokenizer.MAX_BYTES, file, "at most " + Tokenizer.MAX_BYTES + " bytes", "more");
        try {
            return LineEnds.split(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw TokenizerFile.corrupt(file.toString(), "UTF-8", "other bytes");
        }
    }

    private static void require(boolean condition, Path file, String expected, String received) {
        if (!condition) {
            throw TokenizerFile.corrupt(file.toString(), expected, received);
        }
    }
}
