package org.lungo.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.serving.Form;
import org.lungo.deploy.text.BertBundle;
import org.lungo.family.labelling.training.LabellingStudy;
import org.lungo.family.language.TextEmbedder;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.family.translation.Translator;
import org.lungo.family.translation.training.TranslationStudy;
import org.lungo.model.Bert;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The server's page for models that read texts: each view has its form, and draws its answer. */
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
        LabellingStudy.run(sentences.toString(), "train.epochs=8", "train.learning_rate=0.02", "model.rnn.hidden=16")
                .into(models.resolve("names"), Listener.NONE);
        Path german =
                Files.writeString(folder.resolve("pairs.de"), "ein Hund\neine Katze\nein Baum\nein Haus\n".repeat(20));
        Path english = Files.writeString(folder.resolve("pairs.en"), "a dog\na cat\na tree\na house\n".repeat(20));
        TranslationStudy.run(
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
                .into(models.resolve("pairs"), Listener.NONE);
        Path reviews = Files.writeString(
                folder.resolve("reviews.csv"),
                "review,label\n"
                        + "a lovely lamp that I use a lot,good\nbroken and far too loud for me,bad\n".repeat(60));
        TableStudy.run(reviews.toString(), "label", "features.review=text", "train.epochs=4")
                .into(models.resolve("reviews"), Listener.NONE);
        saveBert(models.resolve("reads"));
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

    private static void saveBert(Path model) throws IOException {
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 200)
                .train(List.of("a dog plays in the park. the bill is due 你好 ".repeat(5))
                        .iterator());
        try (Scope scope = Scope.open()) {
            Bert bert = Bert.Config.of(tokenizer.size(), 64, 1, 2, 16, 0.1).build(Random.of(1));
            new BertBundle(bert, null, tokenizer).save(model);
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
        browser.onEveryScreen(picture);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.all("#problem:not([hidden])")).isEmpty();
    }

    @Test
    void aTaggerShowsWhatItFound() throws IOException {
        browser.screen(1280, 900, false);
        ask("names", "Bob lives in Rome.");
        assertThat(browser.text("#said")).contains("Found: 1 LOC, 1 PER.");
        assertThat(browser.all("#shown mark").stream().map(WebElement::getText)).containsExactly("Bob PER", "Rome LOC");
        assertThat(browser.text("#shown .marked")).isEqualTo("Bob PER lives in Rome LOC.");
        assertThat(browser.text("#shown .legend").split("\\s+")).containsExactly("LOC", "PER");
        assertThat(browser.text("#shown table")).contains("Bob PER 0 to 3", "Rome LOC 13 to 17");
        assertThat(browser.script("return new Set([...document.querySelectorAll('#shown mark')]"
                        + ".map(mark => getComputedStyle(mark).backgroundColor)).size"))
                .isEqualTo(2L);
        isInOrder("spans");
    }

    /** Parts of speech are no entities: what is marked is each token with a label. */
    @Test
    void labelsThatAreNoEntitiesAreShownAtTheirTokens() {
        browser.open(server.url());
        assertThat(browser.scriptAsync("const done = arguments[0]; import('/page/views/spans.js').then(view => {"
                        + "const model = { features: [{ name: 'text' }], classes: ['NOUN', 'VERB'] };"
                        + "const { shown } = view.draw(model, [{ text: 'dogs see dogs' }], [{ entities: [],"
                        + "tokens: ['dogs', 'see', 'dogs'], labels: ['NOUN', 'VERB', 'NOUN'] }]);"
                        + "const none = view.draw(model, [{ text: 'dogs' }], [{ entities: [], tokens: ['dogs'], labels: ['O'] }]);"
                        + "done([shown[0].textContent, shown[2].querySelector('tbody').lastChild.textContent,"
                        + "none.said[0].textContent, String(none.shown.length)]); })"))
                .isEqualTo(List.of(
                        "dogs\u00a0NOUN see\u00a0VERB dogs\u00a0NOUN",
                        "dogsNOUN9 to 13",
                        "Nothing was found in this text.",
                        "0"));
    }

    @Test
    void aTranslationIsShown() throws IOException {
        browser.screen(390, 844, true);
        ask("pairs", "eine Katze");
        try (Scope scope = Scope.open()) {
            Translator alone = Translator.load(folder.resolve("models").resolve("pairs"));
            assertThat(browser.text("#said .pair")).contains("text\neine Katze", "translation\na cat");
            assertThat(browser.text("#said .result"))
                    .isEqualTo(alone.translate("eine Katze", Translator.Settings.DEFAULTS)
                            .text())
                    .isEqualTo("a cat");
        }
        assertThat(browser.text("#send")).isEqualTo("Translate");
        isInOrder("text");
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
        isInOrder("class");
    }

    @Test
    void textsAreComparedWithKeysOnly() throws IOException {
        browser.screen(1280, 900, false);
        browser.open(server.url() + "/?model=reads");
        assertThat(browser.text("#facts")).contains("compares texts", "64 tokens");
        assertThat(browser.text("#try-title")).isEqualTo("Compare texts");
        assertThat(browser.find("#columns").isDisplayed()).isFalse();
        String filled = String.valueOf(browser.find("#texts").getDomProperty("value"));
        assertThat(filled.lines())
                .containsExactly("Ada Lovelace lived in London.", "She wrote programs for a machine.");
        assertThat(browser.text("#curl")).contains("She wrote programs for a machine.");
        browser.find("#texts").clear();
        browser.tabTo("#texts");
        browser.press("a dog");
        browser.tabTo("#row button");
        browser.press(Keys.ENTER);
        assertThat(browser.text("#texts-error")).isEqualTo("Write at least two texts, one per line.");
        browser.press(Keys.END, Keys.ENTER, Keys.ENTER, "the bill is due", Keys.ENTER, "a dog");
        assertThat(browser.find("#texts-error").getText()).isEmpty();
        assertThat(browser.text("#curl"))
                .contains(
                        "'{\"instances\":[{\"text\":\"a dog\"},{\"text\":\"the bill is due\"},{\"text\":\"a dog\"}]}'");
        browser.tabTo("#row button");
        browser.press(Keys.ENTER);
        browser.await("answered", () -> browser.text("#said").contains("answered in"));
        String near = cosine("a dog", "the bill is due");
        assertThat(browser.text("#said"))
                .contains("Most similar: 1.000 between 1, “a dog”, and 3, “a dog”")
                .contains("Least similar: " + near);
        assertThat(browser.all("#shown td").stream().map(WebElement::getText))
                .containsExactly("1.000", near, "1.000", near, "1.000", near, "1.000", near, "1.000");
        browser.find("#texts").clear();
        browser.find("#texts").sendKeys("a dog plays\na dog plays in the park\nthe bill is due\n你好\na park");
        browser.find("#row button").click();
        browser.await("answered", () -> browser.all("#shown td").size() == 25);
        isInOrder("similarity");
        browser.find("#texts").sendKeys(" dog".repeat(64));
        browser.find("#row button").click();
        browser.await("refused", () -> browser.text("#texts-error").startsWith("Text 5 must have 1 to 62 tokens"));
    }

    private static String cosine(String one, String other) throws IOException {
        try (Scope scope = Scope.open()) {
            BertBundle bundle = BertBundle.load(folder.resolve("models").resolve("reads"));
            float[] a = vector(bundle, one);
            float[] b = vector(bundle, other);
            double dot = 0;
            double ofA = 0;
            double ofB = 0;
            for (int i = 0; i < a.length; i++) {
                dot += a[i] * b[i];
                ofA += a[i] * a[i];
                ofB += b[i] * b[i];
            }
            return String.format(Locale.ROOT, "%.3f", dot / Math.sqrt(ofA * ofB));
        }
    }

    private static float[] vector(BertBundle bundle, String text) {
        List<Long> tokens = Arrays.stream(bundle.tokenizer().encode(text))
                .mapToObj(id -> (long) id)
                .toList();
        return new TextEmbedder(bundle).embed(tokens);
    }

    @Test
    void oneViewFollowsAnother() throws IOException {
        browser.screen(1280, 900, false);
        ask("reviews", "a lovely lamp");
        browser.await("drawn", () -> browser.all("#bars svg path").size() >= 2);
        browser.find("[data-model=reads]").click();
        browser.await("the form for texts", () -> browser.text("#send").equals("Compare"));
        assertThat(browser.text("#answer")).isEqualTo("Answer\nNo answer yet.");
        browser.find("#send").click();
        browser.await("compared", () -> browser.all("#shown td").size() == 4);
        browser.find("[data-model=reviews]").click();
        browser.await("the form for rows", () -> browser.text("#send").equals("Predict"));
        assertThat(browser.all("#texts, #shown td")).isEmpty();
        browser.find("#send").click();
        browser.await("drawn again", () -> browser.all("#bars svg path").size() >= 2);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.all("#problem:not([hidden])")).isEmpty();
    }

    @Test
    void everyViewIsDrawn() {
        browser.open(server.url());
        assertThat((List<?>) browser.scriptAsync("const done = arguments[0];"
                        + "import('/page/views.js').then(({ VIEWS }) => done([...VIEWS.keys()]))"))
                .isEqualTo(Arrays.stream(Form.View.values())
                        .map(Form.View::toString)
                        .toList());
    }

    @Test
    void aViewThatThePageDoesNotKnowIsShownAsJson() throws IOException {
        browser.screen(1280, 900, false);
        browser.open(server.url() + "/?model=names");
        browser.text("#fields");
        browser.scriptAsync("const done = arguments[0]; import('/page/answer.js').then(answer => done("
                + "answer.show({ view: 'picture' }, [{}], [{ pixels: [1, '<b>2</b>'] }], 'Version 1 answered.')))");
        assertThat(browser.text("#said"))
                .contains("This page cannot draw the view “picture”. This is the answer as JSON.")
                .contains("Version 1 answered.");
        assertThat(browser.text("#shown pre")).contains("\"pixels\": [", "<b>2</b>");
        isInOrder("json");
    }
}
