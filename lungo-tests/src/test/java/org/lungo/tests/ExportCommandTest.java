package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;
import org.lungo.data.WriteLock;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The export command, from a run to a file. */
class ExportCommandTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() throws IOException {
        StringBuilder text = new StringBuilder("age,plan,churn\n");
        for (int i = 0; i < 400; i++) {
            int age = 18 + i * 37 % 60;
            String plan = List.of("gold", "silver", "basic", "").get(i % 4);
            text.append(age + "," + plan + "," + (age < 30 || plan.equals("basic") ? "yes" : "no") + "\n");
        }
        Path data = Files.writeString(shared.resolve("customers.csv"), text);
        TableStudy.run(data.toString(), "churn", "train.epochs=8", "evaluate.importance=false")
                .into(shared.resolve("run"), Listener.NONE);
    }

    @Test
    void writesWhatItProved() throws IOException {
        Path out = folder.resolve("churn.onnx");
        String said = output(0, "export", run(), "--to", "onnx", "--out", out.toString());
        assertThat(said)
                .contains("churn.onnx: ")
                .contains("Compared on 400 rows of ")
                .contains("9 golden rows, 1,000 drawn rows")
                .containsPattern("Largest difference from the model: \\d\\.\\de-0[678]");
        assertThat(out).isNotEmptyFile();
        try (WriteLock lock = WriteLock.ofFile(out)) {
            Shell second = Shell.run("export", run(), "--to", "onnx", "--out", out.toString());
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).startsWith("error E107: another process is writing " + out);
        }
        JsonNode description = json(Files.readString(folder.resolve("churn.onnx.json")));
        assertThat(description.get("inputs").size()).isEqualTo(2);
        assertThat(description.get("verified").get("rows").asInt()).isEqualTo(1409);
        assertThat(output(0, "export", run(), "--to", "onnx", "--out", out.toString()))
                .as("written again")
                .isEqualTo(said);
    }

    /** The Java of docs/onnx.md. A gold customer of 41 stays. */
    @Test
    void isRunAsTheDocumentSays() throws IOException, InterruptedException {
        String out = folder.resolve("churn.onnx").toString();
        assertThat(Lungo.run("export", run(), "--to", "onnx", "--out", out)).isZero();
        String imports = "import ai.onnxruntime.*;\nimport java.util.Map;\n";
        assertThat(JavaSnippet.of("docs/onnx.md").run(imports, folder)).containsPattern("^no 0\\.[5-9]\\d+\\n$");
    }

    @Test
    void measuresEightBits() throws IOException {
        String out = folder.resolve("churn.onnx").toString();
        JsonNode said = json(output(0, "export", run(), "--to", "onnx", "--out", out, "--quantize", "int8", "--json"));
        JsonNode quantization = said.get("quantization");
        assertThat(quantization.get("metric").asString()).isEqualTo("accuracy");
        assertThat(quantization.get("rows").asInt()).isEqualTo(60);
        assertThat(quantization.get("after").asDouble())
                .isBetween(
                        quantization.get("before").asDouble() - 0.05,
                        quantization.get("before").asDouble() + 0.05);
        assertThat(said.get("bytes").asInt())
                .isLessThan((int) (0.8 * quantization.get("bytes").asInt()));
        assertThat(folder).as("the rows that were kept meanwhile").isDirectoryNotContaining("glob:**lungo-export*");
        assertThat(said.get("description").get("made").get("quantized").asString())
                .isEqualTo("int8");
    }

    @Test
    void measuresEightBitsOnOtherRows() throws IOException {
        String model = run() + "/model";
        String out = folder.resolve("churn.onnx").toString();
        assertThat(Lungo.run("export", model, "--to", "onnx", "--out", out, "--quantize", "int8"))
                .isEqualTo(2);
        assertThat(Path.of(out)).doesNotExist();
        String data = shared.resolve("customers.csv").toString();
        String said = output(0, "export", model, "--to", "onnx", "--out", out, "--quantize", "int8", "--rows", data);
        assertThat(said)
                .contains("Compared on 9 golden rows, 10,000 drawn rows")
                .contains("on 400 rows;");
    }

    @Test
    void doesWithoutDataThatIsGone() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy/model")).getParent();
        try (Stream<Path> files = Files.list(shared.resolve("run/model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve("model").resolve(file.getFileName()));
            }
        }
        String config = Files.readString(shared.resolve("run/config.resolved.yaml"));
        Files.writeString(copy.resolve("config.resolved.yaml"), config.replace("customers.csv", "gone.csv"));
        String out = folder.resolve("churn.onnx").toString();
        String[] export = {"export", copy.toString(), "--to", "onnx", "--out", out, "--quantize", "int8"};
        assertThat(Lungo.run(export)).isEqualTo(3);
        assertThat(Path.of(out)).doesNotExist();
        assertThat(output(0, Arrays.copyOf(export, 6))).contains("Compared on 9 golden rows, 10,000 drawn rows");
    }

    @Test
    void exitsWithTheDocumentedCodes() {
        String out = folder.resolve("a.onnx").toString();
        assertThat(Lungo.run("export", run(), "--to", "tflite", "--out", out)).isEqualTo(2);
        assertThat(Lungo.run("export", run(), "--out", out)).isEqualTo(2);
        assertThat(Lungo.run("export", folder.resolve("none").toString(), "--to", "onnx", "--out", out))
                .isEqualTo(2);
        String below = folder.resolve("no/folder.onnx").toString();
        assertThat(Lungo.run("export", run(), "--to", "onnx", "--out", below)).isEqualTo(1);
        assertThat(Lungo.run("export", run(), "--to", "onnx", "--out", out, "--tolerance", "0"))
                .isEqualTo(5);
        assertThat(folder).isEmptyDirectory();
    }

    /** Nothing but the export needs ONNX Runtime. */
    @Test
    void saysWhichLibraryIsMissing() throws IOException, InterruptedException {
        String predictions = folder.resolve("p.csv").toString();
        String data = shared.resolve("customers.csv").toString();
        assertThat(withoutRuntime("predict", run(), data, "--out", predictions)).isZero();
        assertThat(withoutRuntime(
                        "export",
                        run(),
                        "--to",
                        "onnx",
                        "--out",
                        folder.resolve("a.onnx").toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("said.txt"))
                .content()
                .contains("error E106: ")
                .contains("com.microsoft.onnxruntime:onnxruntime");
    }

    private int withoutRuntime(String... arguments) throws IOException, InterruptedException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("onnxruntime"))
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx1g", "-cp", path, Lungo.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start()
                .waitFor();
    }

    private static String run() {
        return shared.resolve("run").toString();
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    private static String output(int code, String... arguments) {
        PrintStream usual = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Lungo.run(arguments)).isEqualTo(code);
        } finally {
            System.setOut(usual);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
