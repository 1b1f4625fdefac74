package org.lungo.family.labelling;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.data.DataException;
import org.lungo.data.TextLines;
import org.lungo.data.WriteLock;
import org.lungo.preprocess.Splitting;
import org.lungo.tensor.Check;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels a file. One in columns stays one, with the labels as a last column more, so that conlleval can compare them with
 * those that it holds. Of JSON lines each gets {@code labels} and {@code entities} beside its own fields, of which
 * {@code text} or {@code tokens} is read. Of all other files each line is a text, and becomes a JSON line.
 *
 * @param texts how many were labelled
 * @param tokens that they have
 * @param entities that were found
 */
public record LabelPrediction(long texts, long tokens, long entities) {
    private static final int TEXTS_AT_ONCE = 256;

    /**
     * Labels {@code file} and writes {@code out}, which is there whole or not at all.
     *
     * @param encoding of the file
     * @throws DataException naming the line that cannot be used
     * @throws org.lungo.data.BusyException when another process writes {@code out}
     */
    public static LabelPrediction run(Labeller labeller, Path file, String encoding, Path out) throws IOException {
        Check.that(
                !file.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize()),
                "--out must name another file than the one that is read",
                out);
        Path folder = out.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (WriteLock lock = WriteLock.ofFile(out)) {
            return write(labeller, file, encoding, out);
        }
    }

    private static LabelPrediction write(Labeller labeller, Path file, String encoding, Path out) throws IOException {
        Path written = out.resolveSibling(out.getFileName() + ".writing");
        LabelPrediction done;
        try (BufferedWriter writer = Files.newBufferedWriter(written)) {
            done = new Job(labeller, writer).label(file.toString(), encoding);
        } catch (RuntimeException | IOException e) {
            Files.deleteIfExists(written);
            throw e;
        }
        Files.move(written, out, StandardCopyOption.REPLACE_EXISTING);
        return done;
    }

    /** One file on its way, and what was counted. */
    private static final class Job {
        private final Labeller labeller;
        private final BufferedWriter writer;
        private long texts;
        private long tokens;
        private long entities;

        Job(Labeller labeller, BufferedWriter writer) {
            this.labeller = labeller;
            this.writer = writer;
        }

        LabelPrediction label(String file, String encoding) throws IOException {
            String name = file.toLowerCase(java.util.Locale.ROOT).replaceFirst("\\.gz$", "");
            if (LabelFiles.isNamedSo(file)) {
                columns(Conll.read(file, encoding));
            } else {
                List<String> lines = TextLines.of(file, encoding);
                boolean json = name.endsWith(".jsonl") || name.endsWith(".ndjson");
                for (int from = 0; from < lines.size(); from += TEXTS_AT_ONCE) {
                    List<String> some = lines.subList(from, Math.min(lines.size(), from + TEXTS_AT_ONCE));
                    if (json) {
                        objects(file, from, some);
                    } else {
                        lines(some);
                    }
                }
            }
            return new LabelPrediction(texts, tokens, entities);
        }

        private void count(Labelled labelled) {
            texts++;
            tokens += labelled.tokens().size();
            entities += labelled.entities().size();
        }

        private void columns(Conll conll) throws IOException {
            List<Conll.Block> blocks = conll.blocks();
            String[] added = new String[conll.lines().size()];
            for (int from = 0; from < blocks.size(); from += TEXTS_AT_ONCE) {
                List<Conll.Block> some = blocks.subList(from, Math.min(blocks.size(), from + TEXTS_AT_ONCE));
                List<Labelled> answers = labeller.labelTokens(
                        some.stream().map(Conll.Block::tokens).toList());
                for (int i = 0; i < some.size(); i++) {
                    count(answers.get(i));
                    List<String> labels = answers.get(i).labels();
                    for (int token = 0; token < labels.size(); token++) {
                        added[some.get(i).first() - 1 + token] = labels.get(token);
                    }
                }
            }
            for (int i = 0; i < added.length; i++) {
                String line = conll.lines().get(i);
                writer.write(added[i] == null ? line : line.stripTrailing() + conll.between() + added[i]);
                writer.write('\n');
            }
        }

        private void lines(List<String> lines) throws IOException {
            List<Labelled> answers = labeller.label(lines.toArray(String[]::new));
            for (int i = 0; i < lines.size(); i++) {
                ObjectNode object = JsonMapper.shared().createObjectNode();
                object.put("text", lines.get(i));
                write(object, answers.get(i));
            }
        }

        private void objects(String file, int before, List<String> lines) throws IOException {
            List<ObjectNode> objects = new ArrayList<>();
            List<Labelled> answers = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    ObjectNode object = object(file, before + i + 1, lines.get(i));
                    objects.add(object);
                    answers.add(
                            object.has("tokens")
                                    ? labeller.label(tokens(object))
                                    : labeller.label(object.get("text").asString()));
                }
            }
            for (int i = 0; i < objects.size(); i++) {
                write(objects.get(i), answers.get(i));
            }
        }

        private static ObjectNode object(String file, int line, String text) {
            try {
                JsonNode node = JsonMapper.shared().readTree(text);
                boolean listed = node.path("tokens").isArray()
                        && node.get("tokens")
                                .valueStream()
                                .allMatch(token ->
                                        token.isString() && !token.asString().isBlank());
                if (node instanceof ObjectNode object
                        && (object.has("tokens") ? listed : object.path("text").isString())) {
                    return object;
                }
            } catch (JacksonException e) {
                // said below
            }
            throw new DataException(
                    "E302",
                    file + ":" + line + ": expected an object with a text in 'text', or a list of texts in 'tokens'."
                            + " Received: " + (text.length() > 60 ? text.substring(0, 60) + "..." : text));
        }

        private static List<String> tokens(ObjectNode object) {
            return object.get("tokens").valueStream().map(JsonNode::asString).toList();
        }

        private void write(ObjectNode object, Labelled labelled) throws IOException {
            count(labelled);
            toMap(labelled)
                    .forEach((name, value) ->
                            object.set(name, JsonMapper.shared().valueToTree(value)));
            writer.write(object.toString());
            writer.write('\n');
        }
    }

    /** A labelled text by the names of its JSON fields: {@code tokens}, {@code labels}, {@code entities}. */
    public static Map<String, Object> toMap(Labelled labelled) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("tokens", labelled.tokens().stream().map(Splitting.Token::text).toList());
        map.put("labels", labelled.labels());
        map.put("entities", labelled.entities());
        return map;
    }
}
