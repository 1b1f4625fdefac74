package org.lungo.family.labelling;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.deploy.batch.TextFileJob;
import org.lungo.preprocess.Splitting;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels a file. One in columns stays one, with the labels as a last column more, so that conlleval can compare them with
 * those that it holds. Each JSON line gets {@code labels} and {@code entities} after its own fields, of which
 * {@code text} or {@code tokens} is read. Of all other files each line is a text, and becomes a JSON line.
 *
 * @param texts how many were labelled
 * @param tokens that they have
 * @param entities that were found
 */
public record LabelPrediction(long texts, long tokens, long entities) {
    private static final int TEXTS_AT_ONCE = 256;
    private static final String EXPECTED = "an object with a text in 'text', or a list of texts in 'tokens'";

    /**
     * Labels the job's input and writes its output.
     *
     * @throws org.lungo.data.DataException naming the line that cannot be used
     * @throws org.lungo.data.BusyException when another process writes the output
     */
    public static LabelPrediction run(Labeller labeller, TextFileJob job) throws IOException {
        return job.write(out -> new Writing(labeller, job, out).label());
    }

    /** One file on its way, and what was counted. */
    private static final class Writing {
        private final Labeller labeller;
        private final TextFileJob job;
        private final Writer out;
        private long texts;
        private long tokens;
        private long entities;

        Writing(Labeller labeller, TextFileJob job, Writer out) {
            this.labeller = labeller;
            this.job = job;
            this.out = out;
        }

        LabelPrediction label() throws IOException {
            if (LabelFiles.isNamedSo(job.input().toString())) {
                columns(Conll.read(job.input().toString(), job.encoding()));
            } else {
                job.forEach(TEXTS_AT_ONCE, job.isJson() ? this::objects : this::lines);
            }
            return new LabelPrediction(texts, tokens, entities);
        }

        private void count(Labelled labelled) {
            texts++;
            tokens += labelled.tokens().size();
            entities += labelled.entities().size();
        }

        private void columns(Conll conll) throws IOException {
            List<Conll.Block> all = conll.blocks();
            List<Conll.Block> blocks = all.subList(0, (int) Math.min(all.size(), job.limit()));
            String[] added = new String[lines(conll, blocks.size())];
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
                job.answered(texts);
            }
            for (int i = 0; i < added.length; i++) {
                String line = conll.lines().get(i);
                out.write(added[i] == null ? line : line.stripTrailing() + conll.between() + added[i]);
                out.write('\n');
            }
        }

        /** The number of lines of the first {@code sentences}, with what stands before them; of all, every line. */
        private static int lines(Conll conll, int sentences) {
            return sentences == conll.blocks().size()
                    ? conll.lines().size()
                    : conll.blocks().get(sentences).first() - 1;
        }

        private void lines(List<TextFileJob.Line> lines) throws IOException {
            write(
                    lines.stream().map(line -> line.fields(EXPECTED)).toList(),
                    labeller.label(lines.stream().map(TextFileJob.Line::raw).toArray(String[]::new)));
        }

        private void objects(List<TextFileJob.Line> lines) throws IOException {
            List<ObjectNode> objects = new ArrayList<>();
            List<Labelled> answers = new ArrayList<>();
            for (TextFileJob.Line line : lines) {
                ObjectNode object = object(line);
                objects.add(object);
                answers.add(
                        object.has("tokens")
                                ? labeller.label(tokens(object))
                                : labeller.label(object.get("text").asString()));
            }
            write(objects, answers);
        }

        private static ObjectNode object(TextFileJob.Line line) {
            ObjectNode object = line.fields(EXPECTED);
            boolean listed = object.path("tokens").isArray()
                    && object.get("tokens")
                            .valueStream()
                            .allMatch(token ->
                                    token.isString() && !token.asString().isBlank());
            if (object.has("tokens") ? !listed : !object.path("text").isString()) {
                throw line.expected(EXPECTED);
            }
            return object;
        }

        private static List<String> tokens(ObjectNode object) {
            return object.get("tokens").valueStream().map(JsonNode::asString).toList();
        }

        private void write(List<ObjectNode> objects, List<Labelled> answers) throws IOException {
            for (int i = 0; i < objects.size(); i++) {
                count(answers.get(i));
                TextFileJob.writeLine(out, objects.get(i), toMap(answers.get(i)));
            }
            job.answered(texts);
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
