package org.lungo.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, as users run it. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final String url;
    private final Path errors;

    private ServerProcess(Process process, String url, Path errors) {
        this.process = process;
        this.url = url;
        this.errors = errors;
    }

    /** Starts {@code lungo serve} on a free port and waits until it is ready. */
    public static ServerProcess serve(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
        all.addAll(List.of(arguments));
        return start("org.lungo.cli.Lungo", all);
    }

    /** Starts a class whose first line of output is {@code ready URL}. */
    static ServerProcess start(String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(arguments);
        Path errors = Files.createTempFile("lungo-serve", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException("the server did not start: " + line + "\n" + Files.readString(errors));
        }
        return new ServerProcess(process, line.substring(6), errors);
    }

    public String url() {
        return url;
    }

    /** What it has written to standard error. */
    public String errors() throws IOException {
        return Files.readString(errors);
    }

    public int port() {
        return URI.create(url).getPort();
    }

    public long pid() {
        return process.pid();
    }

    /** Sends SIGTERM and waits; returns the exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not stop within a minute");
        }
        return process.exitValue();
    }

    /** The value of a metric, the first whose line begins with {@code name}. */
    public double metric(String name) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
        String text = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher found =
                Pattern.compile("(?m)^" + Pattern.quote(name) + "\\S* (\\S+)$").matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no metric " + name);
        }
        return Double.parseDouble(found.group(1));
    }

    /** Resident memory in MiB, as Linux counts it. */
    public double residentMiB() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("no VmRSS");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
