package org.lungo.deploy.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.BusyException;
import org.lungo.data.DataException;
import org.lungo.data.WriteLock;

class TextFileJobTest {
    private static final String EXPECTED = "an object with a text";

    @TempDir
    private Path folder;

    @Test
    void eachLineIsATextAlsoABlankOne() throws IOException {
        Path in = Files.writeString(folder.resolve("in.txt"), "one\n\n{\"text\":3}\r\nlast");
        assertThat(lengths(in))
                .isEqualTo("{\"text\":\"one\",\"length\":3}\n{\"text\":\"\",\"length\":0}\n"
                        + "{\"text\":\"{\\\"text\\\":3}\",\"length\":10}\n{\"text\":\"last\",\"length\":4}\n");
    }

    @Test
    void jsonLinesKeepTheirFieldsAndBlankLinesBetweenThemAreNone() throws IOException {
        String lines = "\uFEFF{\"id\":1e3,\"length\":\"mine\",\"of\":{\"a\":[1,2.50,null]}}\n\n  \n{\"text\":\"é\"}";
        String expected = "{\"id\":1000.0,\"length\":51,\"of\":{\"a\":[1,2.5,null]}}\n{\"text\":\"é\",\"length\":12}\n";
        assertThat(lengths(Files.writeString(folder.resolve("in.jsonl"), lines)))
                .isEqualTo(expected);
        Path packed = folder.resolve("in.NDJSON.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(lengths(packed)).isEqualTo(expected);
    }

    @Test
    void refusesAFileWithoutTexts() throws IOException {
        Path text = Files.createFile(folder.resolve("in.txt"));
        assertThatThrownBy(() -> lengths(text))
                .isInstanceOf(DataException.class)
                .hasMessage(text + " is empty; it must hold a text in each of its lines");
        Path json = Files.writeString(folder.resolve("in.jsonl"), "\n \n");
        assertThatThrownBy(() -> lengths(json))
                .isInstanceOf(DataException.class)
                .hasMessage(json + " is empty; it must hold a JSON object in each of its lines");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
    }

    @Test
    void namesTheLineThatIsNoObject() throws IOException {
        for (String wrong : List.of("[1]", "{\"a\":", "{} {}", "text", "\"" + "x".repeat(70))) {
            Path in = Files.writeString(folder.resolve("in.jsonl"), "{}\n\n" + wrong + "\n{}\n");
            String shown = wrong.length() > 60 ? wrong.substring(0, 60) + "..." : wrong;
            assertThatThrownBy(() -> lengths(in))
                    .isInstanceOf(DataException.class)
                    .hasMessage(in + ":3: expected an object with a text. Received: " + shown);
        }
    }

    @Test
    void readsNoMoreLinesThanAreAskedFor() throws IOException {
        Path in = Files.writeString(folder.resolve("in.txt"), "a\nb\nc\n");
        TextFileJob job = new TextFileJob(in, "utf-8", folder.resolve("out"), 2, BatchListener.NONE);
        List<String> seen = new ArrayList<>();
        job.forEach(5, lines -> lines.forEach(line -> seen.add(line.raw())));
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void handsOverSomeLinesAtATimeAndReportsHowManyWereAnswered() throws IOException {
        Path in = Files.writeString(folder.resolve("in.txt"), "a\nb\nc\n");
        List<Counts> reported = new ArrayList<>();
        TextFileJob job = new TextFileJob(in, "utf-8", folder.resolve("out"), BatchOrder.UNLIMITED, reported::add);
        List<List<String>> seen = new ArrayList<>();
        job.forEach(2, lines -> {
            seen.add(lines.stream().map(TextFileJob.Line::place).toList());
            job.answered(2L * seen.size());
        });
        assertThat(seen).containsExactly(List.of(in + ":1", in + ":2"), List.of(in + ":3"));
        assertThat(reported).containsExactly(new Counts(2, 0, 0), new Counts(4, 0, 0));
    }

    @Test
    void theOutputIsThereWholeOrNotAtAll() throws IOException {
        Path out = folder.resolve("new/out.txt");
        TextFileJob job = job(folder.resolve("in.txt"), out);
        assertThatThrownBy(() -> job.write(writer -> {
                    writer.write("half");
                    throw new DataException("E302", "a wrong line");
                }))
                .hasMessage("a wrong line");
        assertThat(out.getParent()).isEmptyDirectory();
        assertThat(job.<Integer>write(writer -> {
                    writer.write("é\n");
                    assertThat(out).doesNotExist();
                    assertThatThrownBy(() -> job.write(second -> 0)).isInstanceOf(BusyException.class);
                    return 7;
                }))
                .isEqualTo(7);
        assertThat(out).hasContent("é");
        assertThatThrownBy(() -> job.write(writer -> {
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(out).hasContent("é");
        assertThat(out.getParent().toFile().list()).containsExactly("out.txt");
    }

    @Test
    void packsWhatEndsInGz() throws IOException {
        Path out = folder.resolve("out.txt.gz");
        job(folder.resolve("in.txt"), out).write(writer -> {
            writer.write("床前\n");
            return 0;
        });
        byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(out))).readAllBytes();
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("床前\n");
    }

    @Test
    void writesNeitherToItsInputNorToAFolderNorWhereAnotherProcessDoes() throws IOException {
        Path in = Files.writeString(folder.resolve("in.txt"), "a\n");
        Path same = folder.resolve("other/../in.txt");
        assertThatThrownBy(() -> job(in, same).write(writer -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--out must name another file than the one that is read. Received: " + same);
        assertThatThrownBy(() -> job(in, folder).write(writer -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--out must name a file. Received: " + folder + ", which is a folder");
        for (String table : List.of("out.csv", "out.PARQUET", "out.csv.gz", "out.json")) {
            assertThatThrownBy(() -> job(same, folder.resolve(table)).write(out -> null))
                    .hasMessage("answers to texts are lines of JSON or text; name a file such as answers.jsonl with"
                            + " --out. Received: " + folder.resolve(table));
        }
        Path busy = folder.resolve("busy");
        try (WriteLock lock = WriteLock.ofFile(busy)) {
            assertThatThrownBy(() -> job(in, busy).write(writer -> 0))
                    .isInstanceOf(BusyException.class)
                    .hasMessageStartingWith("another process is writing " + busy);
        }
        assertThat(in).hasContent("a");
    }

    @Test
    void takesNoOptionsForRows() {
        BatchOrder.Rows keep = new BatchOrder.Rows(null, null, null, false, List.of("id"), BatchOrder.Going.USUAL);
        new BatchOrder("in", "out", BatchOrder.Rows.NONE).requireNoRowOptions(folder, "a tagger");
        assertThatThrownBy(() -> new BatchOrder("in", "out", keep).requireNoRowOptions(Path.of("run"), "a tagger"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("run holds a tagger; of the options, only --out, --json and --progress apply to it");
    }

    private static TextFileJob job(Path in, Path out) {
        return new TextFileJob(in, "utf-8", out, BatchOrder.UNLIMITED, BatchListener.NONE);
    }

    /** How long each line is. */
    private String lengths(Path in) throws IOException {
        Path out = folder.resolve("lengths.jsonl");
        TextFileJob job = job(in, out);
        job.write(writer -> {
            job.forEach(2, lines -> {
                for (TextFileJob.Line line : lines) {
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put("length", line.raw().length());
                    TextFileJob.writeLine(writer, line.fields(EXPECTED), answer);
                }
            });
            return 0;
        });
        return Files.readString(out);
    }
}
