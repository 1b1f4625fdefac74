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
import org.lungo.family.labelling.training.LabellingExperiment;
import org.lungo.family.tables.training.TableExperiment;
import org.lungo.family.translation.Translator;
import org.lungo.family.translation.training.TranslationExperiment;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;
import org.openqa.selenium.Keys;

/** The form of the server's page for models that read a text: a classifier, a tagger and one that translates. */
@Tag("browser")
@Tag("slow")
class TextModelsInBrowserTest {
    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ModelServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        Path models = folder.resolve("models");
        Path sentences = Files.writeString(
                folder.resolve("names.conll"),
                "Ada B-PER\nlives O\nin O\nRome B-LOC\n. O\n\nBob B-PER\nsaw O\nAda B-PER\n. O\n\n".repeat(15));
        LabellingExperiment.of(
                        sentences.toString(), "train.epochs=8", "train.learning_rate=0.02", "model.rnn.hidden=16")
                .run(models.resolve("names"), Listener.NONE);
        Path german =
                Files.writeString(folder.resolve("pairs.de"), "ein Hund\neine Katze\nein Baum\nein Haus\n".repeat(20));
        Path english = Files.writeString(folder.resolve("pairs.en"), "a dog\na cat\na tree\na house\n".repeat(20));
        TranslationExperiment.of(
                        german.toString(),
                        english.toString(),
                        "train.epochs=30",
                        "train.learning_rate=0.01",
                        "train.batch_tokens=64",
                        "tokenizer.size=280",
                        "model.hidden=32",
                        "model.inner=64",
                        "model.heads=2",
                        "model.encoder_layers=1",
                        "model.decoder_layers=1",
                        "model.context=24")
                .run(models.resolve("pairs"), Listener.NONE);
        Path reviews = Files.writeString(
                folder.resolve("reviews.csv"),
                "review,label\n"
                        + "a lovely lamp that I use a lot,good\nbroken and far too loud for me,bad\n".repeat(60));
        TableExperiment.of(reviews.toString(), "label", "features.review=text", "train.epochs=4")
                .run(models.resolve("reviews"), Listener.NONE);
        ServerConfig config =
                new ServerConfig("127.0.0.1", 0, ServerConfig.Security.OPEN, Limits.DEFAULTS, 5, 60_000, null);
        server = ModelServer.start(config, List.of(Place.parse(models.toString())), c -> c);
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

    private static void ask(String model, String text) {
        browser.open(server.url() + "/?model=" + model);
        browser.text("#fields");
        assertThat(browser.find("#talk").isDisplayed()).isFalse();
        browser.find("#field-0").clear();
        browser.find("#field-0").sendKeys(text);
        browser.tabTo("#row button");
        browser.press(Keys.ENTER);
        browser.await("answered", () -> browser.text("#said").contains("answered in"));
    }

    private static void isInOrder(String picture) throws IOException {
        assertThat(browser.barriers()).isEmpty();
        browser.picture(picture);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.all("#problem:not([hidden])")).isEmpty();
    }

    @Test
    void aTaggerShowsWhatItFound() throws IOException {
        browser.screen(1280, 900, false);
        ask("names", "Bob lives in Rome.");
        assertThat(browser.text("#said .chips")).contains("Bob PER", "Rome LOC");
        isInOrder("tagger");
    }

    @Test
    void aTranslationIsShown() throws IOException {
        browser.screen(390, 844, true);
        ask("pairs", "eine Katze");
        try (Scope scope = Scope.open()) {
            Translator alone = Translator.load(folder.resolve("models").resolve("pairs"));
            assertThat(browser.text("#said .result"))
                    .isEqualTo(alone.translate("eine Katze", Translator.Settings.DEFAULTS)
                            .text())
                    .isEqualTo("a cat");
        }
        isInOrder("translation");
        browser.find("#field-0").sendKeys(" Hund".repeat(40));
        browser.find("#row button").click();
        browser.await("refused", () -> browser.text("#row-error").contains("must have at most 24 tokens"));
    }

    @Test
    void aTextIsClassified() throws IOException {
        browser.screen(1280, 900, false);
        ask("reviews", "a lovely lamp");
        assertThat(browser.text("#said .result")).startsWith("good");
        assertThat(browser.find("#field-0").getTagName()).isEqualTo("textarea");
        isInOrder("review");
    }
}
