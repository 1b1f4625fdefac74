package org.lungo.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Run;
import org.lungo.family.tables.training.TableConfig;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.train.Listener;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The server's page as a person meets it. */
@Tag("browser")
@Tag("slow")
class PageInBrowserTest {
    private static final String KEY = "ops-key-ops-key-ops";
    private static final String SHOP = "shop-key-shop-key";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ModelServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        StringBuilder text = new StringBuilder("age,plan,since,town,churn,spend,kind,funny,sad\n");
        for (int i = 0; i < 400; i++) {
            int age = 18 + i * 37 % 60;
            text.append(i % 17 == 0 ? "" : age)
                    .append(List.of(",gold", ",O'Hara", ",<b>basic</b>").get(i % 3));
            text.append(",20")
                    .append(10 + i % 15)
                    .append("-0")
                    .append(1 + i % 9)
                    .append("-")
                    .append(10 + i % 18);
            text.append(",town ")
                    .append(i % 20)
                    .append(age < 40 ? ",yes," : ",no,")
                    .append(age * 0.7 + i % 3);
            text.append(",kind ")
                    .append(i % 4)
                    .append(age < 50 ? ",1," : ",0,")
                    .append(i % 2)
                    .append('\n');
        }
        String data = Files.writeString(folder.resolve("data.csv"), text).toString();
        train(data, "churn-1", "churn");
        train(data, "churn-2", "churn");
        train(data, "spend", "spend");
        train(data, "mood", "funny", "sad");
        server = server(ServerConfig.Security.OPEN);
    }

    private static void train(String data, String name, String... targets) throws IOException {
        String[] sets = {"train.epochs=2", "model.hidden=[8]", "evaluate.importance=false"};
        Run<TableConfig, Evaluation> experiment = targets.length > 1
                ? TableStudy.run(data, List.of(targets), sets)
                : TableStudy.run(data, targets[0], sets);
        experiment.into(folder.resolve("models").resolve(name), Listener.NONE);
    }

    private static ModelServer server(ServerConfig.Security security) throws IOException {
        ServerConfig config = new ServerConfig("127.0.0.1", 0, security, Limits.DEFAULTS, 10, 60_000, null);
        Place place = Place.parse(folder.resolve("models").toString());
        return ModelServer.start(config, List.of(place), c -> c);
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

    @BeforeEach
    void clear() {
        browser.screen(1280, 900, false);
        browser.open(server.url() + "/icon.svg");
        browser.complaints();
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.all("#problem:not([hidden])")).isEmpty();
    }

    @Test
    void showsWhatTheModelsAre() {
        browser.open(server.url());
        assertThat(browser.text("#models"))
                .contains("churn", "spend", "mood", "ready", "version 2", "predicts spend, a number");
        assertThat(browser.all("#models .badge:not(.off)")).hasSize(3);
        assertThat(browser.text("#facts"))
                .contains("predicts churn, one of 2 classes", "1, 2 (shown)", "Up to 32 rows per pass", "Report");
        assertThat(browser.text("#columns")).contains("age", "any number", "<b>basic</b>", "20 values", "any date");
        browser.find("#examples-summary").click();
        assertThat(browser.text("#examples"))
                .containsPattern("20\\d\\d-0\\d-\\d\\d")
                .contains("missing");
        browser.find("[data-model=mood]").click();
        browser.await(
                "the other model is shown", () -> browser.text("#model-title").equals("mood"));
        assertThat(browser.script("return location.search")).isEqualTo("?model=mood");
        browser.script("history.back()");
        browser.await(
                "the first is shown again", () -> browser.text("#model-title").equals("churn"));
    }

    @Test
    void aRowIsTriedWithKeysOnly() throws IOException {
        browser.open(server.url());
        browser.text("#fields");
        browser.tabTo("#example");
        browser.press(Keys.ARROW_DOWN);
        browser.await("filled", () -> !value("age").isEmpty());
        assertThat(field("since").getDomAttribute("type")).isEqualTo("date");
        assertThat(value("since")).matches("20\\d\\d-0\\d-\\d\\d");
        browser.tabTo("#row button");
        browser.press(Keys.ENTER);
        assertThat(browser.text(".result")).matches("(?s)(yes|no)\\s*with a probability of [\\d.]+ %");
        browser.await("drawn", () -> browser.all("#bars svg path").size() >= 2);
        assertThat(browser.find("#bars").getDomAttribute("aria-label")).contains("yes ", "no ", " %");
        browser.tabTo("#numbers summary");
        browser.press(Keys.ENTER);
        assertThat(browser.text("#numbers table")).contains("Class", "Probability", "yes 0.");
        browser.picture("answer");
        field("age").sendKeys("1");
        assertThat(browser.text("#said")).contains("The form has changed since.");
    }

    @Test
    void theShellLineGivesTheSameAnswer() throws Exception {
        browser.open(server.url() + "/?model=churn&version=1");
        browser.text("#fields");
        browser.script(
                "arguments[0].value = \"O'Hara\";"
                        + "arguments[0].dispatchEvent(new Event('input', { bubbles: true }))",
                field("plan"));
        String line = browser.text("#curl").replaceAll("\\s*\\n\\s*", "");
        assertThat(line).contains("/v1/models/churn/versions/1:predict'", "O'\\''Hara");
        Process curl = new ProcessBuilder("sh", "-c", line.replaceFirst("^curl", "curl -s")).start();
        String answer = new String(curl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        browser.find("#row button").click();
        String label = browser.text(".result").split("\\s")[0];
        assertThat(answer).contains("\"label\":\"" + label + "\"");
        assertThat(browser.text("#said")).contains("Version 1 answered");
    }

    @Test
    void whatIsWrongIsSaidAtItsField() {
        browser.open(server.url());
        browser.text("#fields");
        WebElement age = field("age");
        age.clear();
        age.sendKeys("many", Keys.ENTER);
        String error = "#" + age.getDomAttribute("aria-describedby");
        browser.await("said", () -> browser.text(error).equals("This must hold a number. Received: 'many'"));
        assertThat(age.getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.script("return document.activeElement === arguments[0]", age))
                .isEqualTo(true);
        age.clear();
        age.sendKeys("41");
        assertThat(browser.find(error).getText()).isEmpty();
        assertThat(age.getDomAttribute("aria-invalid")).isNull();
    }

    @Test
    void numbersAndLabelsAreShownAsSuch() {
        browser.open(server.url() + "/?model=spend");
        browser.text("#fields");
        browser.find("#row button").click();
        assertThat(browser.text(".result")).matches("-?\\d+(\\.\\d+)?");
        assertThat(browser.all("#bars")).isEmpty();
        browser.open(server.url() + "/?model=mood");
        browser.text("#fields");
        browser.find("#row button").click();
        assertThat(browser.text("#said")).contains("A row has a label at a probability of 50.0 % or more.");
        browser.await("drawn", () -> browser.all("#bars svg path").size() >= 2);
        assertThat(browser.find("#bars").getDomAttribute("aria-label")).contains("funny ", "sad ");
    }

    @Test
    void liveNumbersFollowRequests() throws Exception {
        browser.open(server.url());
        browser.await("a first reading", () -> browser.text("#tiles").contains("Requests per second"));
        long before = answered();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/models/churn:predict"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"instances\":[{\"age\":41}]}"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 30; i++) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        browser.await("counted", () -> answered() == before + 30);
        assertThat(browser.text("#tiles")).containsPattern("Latency p99\\s+[\\d.]+ ms");
        browser.await("drawn", () -> browser.all("#rate-chart svg path").size() > 3);
        assertThat(browser.find("#rate-chart").getDomAttribute("aria-label"))
                .matches("Requests per second: [\\d.]+ now, [1-9][\\d.]* at most");
    }

    private static WebElement field(String name) {
        return (WebElement) browser.script(
                "return [...document.querySelectorAll('#fields label')]"
                        + ".find(label => label.firstChild.textContent === arguments[0]).control",
                name);
    }

    private static String value(String name) {
        return String.valueOf(field(name).getDomProperty("value"));
    }

    private static long answered() {
        Object cell = browser.script(
                "return [...document.querySelectorAll('#codes tbody tr')].filter(r => r.cells[0].textContent === '200')"
                        + ".map(r => Number(r.cells[3].textContent))[0] ?? 0");
        return ((Number) cell).longValue();
    }

    @Test
    void asksForAKey() throws IOException {
        Path keys = Files.writeString(
                folder.resolve("keys.txt"), "ops infer,metrics " + KEY + "\nshop infer " + SHOP + "\n");
        try (ModelServer guarded = server(new ServerConfig.Security(keys, null, false))) {
            browser.open(guarded.url());
            assertThat(browser.text("#key")).contains("A key is needed");
            assertThat(browser.find("#content").isDisplayed()).isFalse();
            browser.press("not-a-known-key", Keys.ENTER);
            browser.await("refused", () -> browser.text("#key-error").contains("the key is not known"));
            browser.find("#key-value").clear();
            browser.find("#key-value").sendKeys(SHOP, Keys.ENTER);
            browser.await("let in", () -> browser.text("#models").contains("churn"));
            browser.await(
                    "note on the permission",
                    () -> browser.text("#live-note").equals("A key with the permission metrics is needed."));
            assertThat(browser.text("#curl"))
                    .contains("-H \"Authorization: Bearer $KEY\"")
                    .doesNotContain(SHOP);
            browser.find("#row button").click();
            assertThat(browser.text(".result")).contains("with a probability");
            browser.find("#forget").click();
            browser.await("asked again", () -> browser.text("#key").contains("A key is needed"));
            browser.find("#key-value").sendKeys(KEY, Keys.ENTER);
            browser.await("measured", () -> browser.text("#live-note").startsWith("Updated every two seconds"));
            assertThat(browser.script("return localStorage.length + document.cookie.length"))
                    .isEqualTo(0L);
            browser.open(server.url() + "/icon.svg"); // before its server is gone, or the page would ask in vain
        }
    }

    /** Quantiles by the rules of Prometheus' histogram_quantile, linear within a bucket. */
    @Test
    void readsMetricsAndValues() {
        browser.open(server.url());
        Object found = browser.scriptAsync("const done = arguments[0]; (async () => {"
                + "const values = await import('/page/values.js'), metrics = await import('/page/metrics.js');"
                + "const dom = await import('/page/dom.js');"
                + "const text = n => ['1.0', '2.0', '+Inf'].map((le, i) => `lungo_x_bucket{model=\"m\",le=\"${le}\"} "
                + "${[n, 2 * n, 2 * n][i]}`).join('\\n');"
                + "const none = metrics.parse(text(0)), ten = metrics.parse(text(10));"
                + "const us = { kind: 'date', format: '%m/%d/%Y' }, number = { kind: 'number' };"
                + "return [metrics.quantile(0.5, none, ten, 'lungo_x', ''), metrics.quantile(0.75, none, ten, 'lungo_x', ''),"
                + "metrics.quantile(0.5, ten, ten, 'lungo_x', ''), metrics.quantile(0.5, none, ten, 'lungo_x', 'other'),"
                + "values.iso(978352200), values.iso(-86400), values.sent(us, '2011-01-31'), values.sent(number, '1e5'),"
                + "values.sent(number, '0x10'), values.sent({ kind: 'category' }, '007'), dom.percent(0.99999),"
                + "dom.percent(1), dom.number(1234567), dom.number(0.123456789)].map(String) })().then(done)");
        assertThat(found)
                .isEqualTo(List.of(
                        "1",
                        "1.5",
                        "null",
                        "null",
                        "2001-01-01T12:30:00",
                        "1969-12-31",
                        "1296432000",
                        "100000",
                        "0x10",
                        "007",
                        "> 99.9 %",
                        "100.0 %",
                        "1234567",
                        "0.123457"));
    }

    @Test
    void aFailureOfThePageIsSaid() {
        browser.open(server.url());
        browser.text("#fields");
        browser.script("document.body.append(Object.assign(document.createElement('script'), { src: 'none.js' }))");
        browser.await(
                "said", () -> browser.text("#problem").contains("it could not load " + server.url() + "/none.js."));
        browser.script("document.createElement = null");
        browser.find("#row button").click();
        browser.await(
                "said",
                () -> browser.text("#problem")
                        .contains("This page has failed: document.createElement is not a function."));
        browser.open(server.url() + "/icon.svg");
        browser.complaints();
    }

    @Test
    void fitsEveryScreenAndKeepsNobodyOut() throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 390, 320}) {
                browser.screen(width, 900, dark);
                browser.open(server.url());
                browser.text("#fields");
                browser.find("#row button").click();
                browser.await("drawn", () -> browser.all("#bars svg path").size() >= 2);
                browser.await("measured", () -> browser.text("#tiles").contains("Waiting"));
                assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                assertThat(browser.barriers())
                        .as("at " + width + (dark ? ", dark" : ", light"))
                        .isEmpty();
                browser.picture(width + (dark ? "-dark" : "-light"));
            }
        }
    }

    /** The measure of web.dev: what moves by itself; below 0.1 is good. */
    @Test
    void nothingJumpsWhileItLoads() {
        browser.open(server.url());
        browser.text("#fields");
        browser.await("measured", () -> browser.text("#tiles").contains("Waiting"));
        Object moved = browser.scriptAsync("const done = arguments[0]; let sum = 0;"
                + "const seen = new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value));"
                + "seen.observe({ type: 'layout-shift', buffered: true });"
                + "setTimeout(() => done(sum), 500)");
        assertThat(((Number) moved).doubleValue()).isLessThan(0.1);
    }
}
