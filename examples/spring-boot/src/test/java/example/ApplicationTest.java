package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ApplicationTest {
    @TempDir
    Path folder;

    @Test
    void answersForACustomer() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("age,plan,churn\n");
        for (int i = 0; i < 200; i++) {
            text.append(18 + i % 60).append(i % 3 == 0 ? ",gold," : ",basic,").append(i % 60 > 30 ? "yes\n" : "no\n");
        }
        Path data = Files.writeString(folder.resolve("customers.csv"), text);
        Path run = folder.resolve("run");
        TableStudy.run(data.toString(), "churn", "train.epochs=2", "model.hidden=[8]")
                .into(run, Listener.NONE);
        try (ConfigurableApplicationContext service = SpringApplication.run(
                Application.class, "--churn.run=" + run, "--server.port=0", "--spring.main.banner-mode=off")) {
            String port = service.getEnvironment().getProperty("local.server.port");
            assertThat(ask(port, "{\"age\":41,\"plan\":\"gold\"}"))
                    .contains("\"label\":")
                    .contains("\"probability\":");
            assertThat(ask(port, "{\"age\":\"old\"}"))
                    .isEqualTo("{\"error\":\"column 'age' must hold a number. Received: 'old'\"}");
        }
    }

    private static String ask(String port, String customer) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/churn"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(customer))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
