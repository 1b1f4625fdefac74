package org.lungo.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.language.training.LanguageStudy;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.train.Listener;
import org.openqa.selenium.Keys;

/** The form for language models on the server's page, next to a model of tables. */
@Tag("browser")
@Tag("slow")
class TextInBrowserTest {
    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ModelServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        Path text = Files.writeString(
                folder.resolve("corpus.txt"), "user: how are you?\nassistant: well, and you?\n".repeat(60));
        LanguageStudy.run(
                        text.toString(),
                        "train.epochs=1",
                        "train.steps_per_epoch=60",
                        "train.batch_size=8",
                        "model.layers=1",
                        "model.heads=2",
                        "model.hidden=32")
                .into(folder.resolve("models").resolve("talk"), Listener.NONE);
        StringBuilder rows = new StringBuilder("age,churn\n");
        for (int i = 0; i < 200; i++) {
            rows.append(18 + i % 60).append(i % 60 > 30 ? ",yes\n" : ",no\n");
        }
        Path table = Files.writeString(folder.resolve("data.csv"), rows);
        TableStudy.run(table.toString(), "churn", "train.epochs=2", "model.hidden=[8]")
                .into(folder.resolve("models").resolve("churn"), Listener.NONE);
        ServerConfig config =
                new ServerConfig("127.0.0.1", 0, ServerConfig.Security.OPEN, Limits.DEFAULTS, 5, 60_000, null);
        server = ModelServer.start(
                config, List.of(Place.parse(folder.resolve("models").toString())), c -> c);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static void set(String css, String text) {
        browser.find(css).clear();
        browser.find(css).sendKeys(text);
    }

    @Test
    void textsAreWrittenWithKeysOnly() throws IOException {
        browser.screen(1280, 900, false);
        browser.open(server.url() + "/?model=talk");
        assertThat(browser.text("#facts")).contains("writes text", "64 tokens");
        assertThat(browser.find("#row").isDisplayed()).isFalse();
        browser.tabTo("#talk-text");
        browser.press("user: how");
        set("#talk-most", "40");
        assertThat(browser.text("#curl")).contains("{\"model\":\"talk\",\"max_tokens\":40,\"prompt\":\"user: how\"}");
        set("#talk-heat", "0");
        assertThat(browser.text("#curl"))
                .contains(
                        "/v1/completions'",
                        "{\"model\":\"talk\",\"max_tokens\":40,\"temperature\":0,\"prompt\":\"user: how\"}");
        browser.tabTo("#talk-send");
        browser.press(Keys.ENTER);
        browser.await("written", () -> browser.text("#talk-state").matches("40 tokens in \\d+ ms\\."));
        assertThat(browser.script("return document.getElementById('talk-log').textContent.length"))
                .isEqualTo(49L);

        set("#talk-most", "900000");
        browser.find("#talk-send").click();
        browser.await("writing", () -> browser.find("#talk-stop").isEnabled());
        browser.find("#talk-stop").click();
        browser.await("stopped", () -> browser.text("#talk-state").equals("Stopped."));

        set("#talk-most", "0");
        browser.find("#talk-send").click();
        browser.await("refused", () -> browser.text("#talk-error").startsWith("max_tokens must be a whole number"));
        browser.onEveryScreen("writing");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.all("#problem:not([hidden])")).isEmpty();
    }

    @Test
    void aConversationGoesOnAndEndsWithTheModel() {
        browser.open(server.url() + "/?model=talk");
        browser.text("#talk-text");
        browser.find("#talk-way").sendKeys("answers");
        set("#talk-text", "hi");
        set("#talk-most", "5");
        set("#talk-heat", "0");
        browser.find("#talk-send").click();
        browser.await("answered", () -> browser.text("#talk-state").contains(" tokens in "));
        set("#talk-text", "you?");
        browser.find("#talk-send").click();
        browser.await("answered", () -> browser.text("#talk-log").contains("user: you?\nassistant:"));
        assertThat(browser.text("#talk-log")).startsWith("user: hi\nassistant:");
        browser.find("[data-model=churn]").click();
        browser.await("the form for rows", () -> browser.find("#row").isDisplayed());
        assertThat(browser.find("#talk").isDisplayed()).isFalse();
        assertThat(browser.find("#talk-log").getDomProperty("textContent")).isEmpty();
    }
}
