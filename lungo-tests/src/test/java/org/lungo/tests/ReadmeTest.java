package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README is compiled and run as it stands there, in a process of its own. */
class ReadmeTest {
    private static final String IMPORTS = """
            import java.nio.file.Path;
            import java.util.Map;
            import org.lungo.deploy.Predictor;
            import org.lungo.experiment.Experiment;
            import org.lungo.train.Listener;
            """;

    @TempDir
    Path folder;

    @Test
    void itsJavaTrainsAndPredicts() throws IOException, InterruptedException {
        customers();
        String code = String.join("\n", javaOf("README.md"));
        compile(IMPORTS + "public class Readme {\npublic static void main(String[] a) throws Exception {\n" + code
                + "}\n}\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        "Readme")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(folder.resolve("output.txt"));
        assertThat(ended && process.exitValue() == 0).as(output).isTrue();
        // The rows follow a rule without exception, by which a gold customer of 41 stays.
        assertThat(output).containsPattern("\\naccuracy +(0\\.9\\d+|1\\.0000) +\\[");
        assertThat(output).containsPattern("\\nPrediction\\[label=no, probability=0\\.[5-9]\\d+");
        assertThat(folder.resolve("runs/churn-001/report.html")).exists();
    }

    @Test
    void theChineseReadmeHasTheSameJava() throws IOException {
        assertThat(javaOf("README.zh.md")).isEqualTo(javaOf("README.md")).isNotEmpty();
    }

    private static List<String> javaOf(String name) throws IOException {
        Path file = Path.of("").toAbsolutePath().getParent().resolve(name);
        return Pattern.compile("(?s)```java\\n(.*?)```")
                .matcher(Files.readString(file))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private void compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Readme.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString());
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    /** Who churns is decided by age and plan, so that a model can know it. */
    private void customers() throws IOException {
        StringBuilder text = new StringBuilder("age,plan,churn\n");
        for (int i = 0; i < 300; i++) {
            int age = 18 + i * 37 % 60;
            String plan = List.of("gold", "silver", "basic").get(i % 3);
            boolean churns = age < 30 || plan.equals("basic") && age < 60;
            text.append(age + "," + plan + "," + (churns ? "yes" : "no") + "\n");
        }
        Files.writeString(folder.resolve("customers.csv"), text);
    }
}
