package org.lungo.evaluate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.html}: an evaluation as one page for people who did not train the model. The page holds everything it
 * shows, so it can be mailed and opened without a network; every chart also has its numbers as a table.
 *
 * @param history one map per epoch, with {@code loss}, {@code val_loss} and what else was recorded; may be empty
 * @param importance from {@link PermutationImportance}; may be empty
 * @param dataNotes what was found in the data, in plain words; may be empty
 * @param provenance where the model comes from (data, versions, settings), shown as a table in this order
 * @param folds of a cross-validation, if there was one
 */
public record Report(
        String title,
        Evaluation evaluation,
        List<Map<String, Double>> history,
        List<PermutationImportance.Importance> importance,
        List<String> dataNotes,
        Map<String, String> provenance,
        @Nullable CrossValidation folds)
        implements HtmlReport {
    /** A report of the evaluation alone. */
    public static Report of(String title, Evaluation evaluation) {
        return new Report(title, evaluation, List.of(), List.of(), List.of(), Map.of(), null);
    }

    @Override
    public String toHtml() {
        List<Chart> charts = ReportCharts.of(this);
        return ReportTemplate.filled(title, ReportWords.subtitle(evaluation), ReportPage.body(this, charts), charts);
    }
}
