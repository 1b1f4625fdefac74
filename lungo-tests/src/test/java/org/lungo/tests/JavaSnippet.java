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

/** The Java of a document, compiled and run as it stands there. */
record JavaSnippet(List<String> code) {
    /** The Java blocks of a file of the repository. */
    static JavaSnippet of(String name) throws IOException {
        Path file = Path.of("").toAbsolutePath().getParent().resolve(name);
        return new JavaSnippet(Pattern.compile("(?s)```java\\n(.*?)```")
                .matcher(Files.readString(file))
                .results()
                .map(block -> block.group(1))
                .toList());
    }

    /** What its class prints, run in {@code folder} by a process of its own. */
    String run(Path folder) throws IOException, InterruptedException {
        String text = String.join("\n", code);
        return run(text, text.replaceFirst("(?s).*?\\nclass (\\w+) .*", "$1"), folder);
    }

    /** What its statements print. */
    String run(String imports, Path folder) throws IOException, InterruptedException {
        String text = imports + "public class Snippet {\npublic static void main(String[] a) throws Exception {\n"
                + String.join("\n", code) + "}\n}\n";
        return run(text, "Snippet", folder);
    }

    private static String run(String text, String main, Path folder) throws IOException, InterruptedException {
        compile(text, Files.createDirectories(folder).resolve(main + ".java"));
        Path said = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        main)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(said);
        assertThat(ended && process.exitValue() == 0).as(output).isTrue();
        return output;
    }

    private static void compile(String source, Path file) throws IOException {
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", file.getParent() + "");
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }
}
