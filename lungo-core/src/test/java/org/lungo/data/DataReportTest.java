package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.vectors.SharedData;

/** Findings on published tables, whose columns are known to be honest or not, and on small ones with one fault each. */
class DataReportTest {
    private static final int ROWS = 200;

    @TempDir
    Path folder;

    /** The two sum to the target; no other column of this table says it. */
    @Test
    void findsTheLeakOfBikeSharing() {
        assertThat(leaks(SharedData.file("bike_sharing_hour/hour.csv.gz"), "cnt"))
                .containsExactly("casual", "registered");
        assertThat(leaks(SharedData.file("bike_sharing_hour/day.csv"), "cnt")).containsExactly("casual", "registered");
    }

    @ParameterizedTest
    @CsvSource({
        "adult/adult-train.csv.gz, column14",
        "german_credit/german.csv, column20",
        "pima_diabetes/pima-indians-diabetes.csv, column8",
        "breast_cancer_wdbc/breastcancer.csv, diagnosis",
        "wine_quality/winequality-red.csv, column11",
        "wine_quality/winequality-white.csv, column11",
        "iris/iris.csv, column4",
        "wine/wine.csv, column13"
    })
    void findsNoLeakInHonestTables(String file, String target) {
        assertThat(leaks(SharedData.file(file), target)).isEmpty();
    }

    @Test
    void findsAColumnThatIsTheTargetInOtherWords() {
        Column answers = text("y", row -> row % 3 == 0 ? "yes" : "no");
        Column words = text("state", row -> row % 3 == 0 ? "closed" : row % 2 == 0 ? "open" : "new");
        Column codes = number("code", row -> row % 3 == 0 ? 7 : row % 2 == 0 ? 3 : 9);
        assertThat(leaks("y", answers, words, codes, noise("visits"))).containsExactly("code", "state");
        Column numbers = number("y", row -> row % 3 == 0 ? 1 : 0);
        assertThat(leaks("y", numbers, words, noise("visits"))).containsExactly("state");
    }

    /** The reason of leaving is only known of those who left. */
    @Test
    void findsAColumnThatIsKnownOnlyForOneAnswer() {
        Column answers = text("y", row -> row % 4 == 0 ? "yes" : "no");
        Column days = number("days", row -> row % 4 == 0 ? row * 37 % 101 + row / 1000.0 : Double.NaN);
        assertThat(leaks("y", answers, days, noise("visits"))).containsExactly("days");
    }

    /** Ninety-nine of a hundred rows are honest: any column guesses 99 % of them. */
    @Test
    void suspectsNothingBecauseOneAnswerIsRare() {
        Column answers = text("y", row -> row % 100 == 0 ? "fraud" : "fine");
        Column shops = text("shop", row -> "shop " + row * 7 % 11);
        assertThat(leaks("y", answers, shops, noise("amount"))).isEmpty();
    }

    @Test
    void findsAScaledCopyOfTheTargetAndTwoColumnsThatMakeIt() {
        Column answers = number("y", row -> 3 * wave(row, 1.3) - 2 * wave(row, 2.1));
        Column copy = number("copy", row -> 100 - 5 * (3 * wave(row, 1.3) - 2 * wave(row, 2.1)));
        Column first = number("first", row -> wave(row, 1.3));
        Column second = number("second", row -> wave(row, 2.1));
        assertThat(leaks("y", answers, copy, noise("x"))).containsExactly("copy");
        assertThat(leaks("y", answers, first, second, noise("x"))).containsExactly("first", "second");
        assertThat(leaks("y", answers, first, noise("x"))).isEmpty();
    }

    @Test
    void saysWhatToDoAboutALeak() {
        Column answers = text("y", row -> row % 2 == 0 ? "yes" : "no");
        Table table = Table.of(List.of(answers, number("code", row -> row % 2)));
        assertThat(DataReport.leakage(table, "y"))
                .containsExactly(new Finding(
                        Finding.Kind.LEAKAGE,
                        "code",
                        "'code' seems to contain the target 'y'; if it is not known when the model is used, leave it out"
                                + " with features.code: ignore"));
    }

    @Test
    void findsColumnsThatCannotHelp() throws IOException {
        StringBuilder text = new StringBuilder("customer_id,counter,key,same,empty,note,age,plan,y\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row * 7919 % 100_003)
                    .append("," + (row + 5) + ",k" + row + ",x,,")
                    .append("this is free text number " + row)
                    .append("," + (18 + row % 50) + (row == 3 ? "+" : "") + "," + (row % 3) + "," + row % 2 + "\n");
        }
        Path file = Files.writeString(folder.resolve("a.csv"), text);
        try (TableReader reader = Source.of(file.toString()).open()) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(DataReport.texts(schema, List.of("y")))
                    .extracting(Finding::column)
                    .containsExactly("note");
            Map<String, Finding.Kind> found = DataReport.columns(profile, schema, List.of("y")).stream()
                    .collect(Collectors.toMap(Finding::column, Finding::kind));
            assertThat(found)
                    .isEqualTo(Map.of(
                            "customer_id", Finding.Kind.IDENTIFIER,
                            "counter", Finding.Kind.IDENTIFIER,
                            "key", Finding.Kind.IDENTIFIER,
                            "same", Finding.Kind.CONSTANT,
                            "empty", Finding.Kind.CONSTANT,
                            "age", Finding.Kind.MIXED));
        }
    }

    @Test
    void looksNeitherAtTheTargetNorAtIgnoredColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "id,y\n1,4\n2,5\n3,6\n4,7\n");
        try (TableReader reader = Source.of(file.toString()).open()) {
            Profile profile = reader.profile();
            assertThat(DataReport.columns(profile, profile.schema(Map.of()), List.of("y")))
                    .extracting(Finding::column)
                    .containsExactly("id");
            assertThat(DataReport.columns(
                            profile, profile.schema(Map.of("id", ColumnChoice.of(Kind.IGNORE))), List.of("y")))
                    .isEmpty();
        }
    }

    @Test
    void countsRowsThatOccurTwice() {
        Table train = Table.of(List.of(
                new NumberColumn("x", new double[] {1, 1, 2, 1, Double.NaN}),
                new TextColumn("c", new String[] {"a", "a", "b", "a", null})));
        Table test = Table.of(List.of(
                new NumberColumn("x", new double[] {2, 2, Double.NaN}),
                new TextColumn("c", new String[] {"b", "a", null})));
        assertThat(DataReport.duplicates(train, test))
                .extracting(Finding::message)
                .containsExactly(
                        "2 training rows occur more than once",
                        "2 test rows are also training rows; they make the test result too good");
        assertThat(DataReport.duplicates(train.select(new int[] {0, 2}), train.slice(4, 5)))
                .isEmpty();
    }

    private static List<String> leaks(String target, Column... columns) {
        return DataReport.leakage(Table.of(List.of(columns)), target).stream()
                .map(Finding::column)
                .toList();
    }

    /** As an experiment does: what cannot help is left out before leaks are looked for. */
    private static List<String> leaks(Path file, String target) {
        try (TableReader reader = Source.of(file.toString()).open()) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            List<String> useless = DataReport.columns(profile, schema, List.of(target)).stream()
                    .filter(finding -> finding.kind() != Finding.Kind.MIXED)
                    .map(Finding::column)
                    .toList();
            return DataReport.leakage(reader.read(schema.without(useless)), target).stream()
                    .map(Finding::column)
                    .toList();
        }
    }

    private static Column number(String name, IntFunction<Number> value) {
        return new NumberColumn(
                name,
                IntStream.range(0, ROWS)
                        .mapToDouble(row -> value.apply(row).doubleValue())
                        .toArray());
    }

    private static Column text(String name, IntFunction<String> value) {
        return new TextColumn(name, IntStream.range(0, ROWS).mapToObj(value).toArray(String[]::new));
    }

    private static Column noise(String name) {
        return number(name, row -> wave(row, 3.3));
    }

    private static double wave(int row, double speed) {
        return Math.sin(row * row * speed);
    }
}
