package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.data.Task;

class ReportWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.85214|0.8521",
                "61.234|61.23",
                "432.19|432.2",
                "16281|16,281",
                "0.00001234|1.23E-05",
                "NaN|-",
                "0|0"
            })
    void showsFourDigits(double value, String shown) {
        assertThat(ReportWords.number(value)).isEqualTo(shown);
    }

    @Test
    void saysAccuracyInPlainWords() {
        Evaluation evaluation =
                EvaluationTest.evaluate(Samples.deciding(2, new int[] {0, 0, 0, 1}, new int[] {0, 0, 1, 1}));
        assertThat(ReportWords.sentences(evaluation))
                .first()
                .asString()
                .startsWith("It is right for 75.0% of the rows (95% sure: ")
                .endsWith("Answering always 'class 0' would be right for 75.0%.");
        assertThat(ReportWords.sentences(evaluation))
                .contains(
                        "When it says 'class 1' it is right in 50.0% of the cases, and it finds 100.0% of all rows that"
                                + " are 'class 1'.");
    }

    @Test
    void saysErrorsInTheTargetsUnit() {
        Evaluation evaluation = EvaluationTest.evaluate(Samples.random(Task.REGRESSION, 40, 1, 20, 1));
        assertThat(ReportWords.sentences(evaluation).get(0))
                .startsWith("Its predictions are off by ")
                .contains("Answering always the mean of the training rows would be off by");
    }
}
