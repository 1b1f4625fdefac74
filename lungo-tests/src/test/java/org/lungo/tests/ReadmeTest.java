package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README is compiled and run as it stands there, in a process of its own. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void itsJavaTrainsAndPredicts() throws IOException, InterruptedException {
        customers();
        String output = JavaSnippet.of("README.md").run(folder);
        // The rows follow a rule without exception, by which a gold customer of 41 stays.
        assertThat(output).containsPattern("\\naccuracy +(0\\.9\\d+|1\\.0000) +\\[");
        assertThat(output).containsPattern("\\nPrediction\\[label=no, probability=0\\.[5-9]\\d+");
        assertThat(folder.resolve("runs/churn-001/report.html")).exists();
    }

    @Test
    void theChineseReadmeHasTheSameJava() throws IOException {
        JavaSnippet english = JavaSnippet.of("README.md");
        assertThat(english.code()).isNotEmpty();
        assertThat(JavaSnippet.of("README.zh.md")).isEqualTo(english);
    }

    @Test
    void documentsStartTheCommandOfTheClone() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> docs = Files.list(root.resolve("docs"));
                Stream<Path> examples = Files.list(root.resolve("examples"))) {
            List<Path> files = Stream.concat(
                            Stream.concat(docs, examples),
                            Stream.of("README.md", "README.zh.md").map(root::resolve))
                    .filter(file -> file.toString().matches(".*\\.(md|yaml)"))
                    .toList();
            for (Path file : files) {
                assertThat(Files.readAllLines(file))
                        .as(file.toString())
                        .noneMatch(line -> line.matches("(# *)?lungo [a-z]+( .*)?"));
            }
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
