package org.lungo.preprocess;

import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.DataException;

/**
 * One label of a multi-label target: a column with two values, such as 0 and 1, false and true, no and yes.
 *
 * @param no the value of rows without the label: the smaller number, or the first name
 * @param yes the value of rows with it
 */
public record Label(String column, String no, String yes) {
    /** Learns the two values from training rows. */
    static Label fit(Column values) {
        FittedTarget.checkPresent(values);
        List<String> two = FittedTarget.distinct(values);
        if (two.size() != 2) {
            throw new DataException(
                    "E303",
                    "a label must have two values, such as 0 and 1 or no and yes. Received: " + two.size() + " in '"
                            + values.name() + "': " + two.subList(0, Math.min(5, two.size())));
        }
        return new Label(values.name(), two.get(0), two.get(1));
    }

    /** The value that is written for a decision. */
    public String word(boolean has) {
        return has ? yes : no;
    }

    /** 1 for rows with the label, 0 for those without. */
    double[] of(Column values) {
        FittedTarget.checkPresent(values);
        Vocabulary two = new Vocabulary(List.of(no, yes));
        double[] has = new double[values.rows()];
        for (int row = 0; row < has.length; row++) {
            String value = values.text(row);
            int place = two.placeOf(value);
            if (place < 0) {
                throw new DataException(
                        "E305",
                        "row " + (row + 1) + " of '" + column + "' must be '" + no + "' or '" + yes + "'. Received: '"
                                + value + "', which the training rows do not have");
            }
            has[row] = place;
        }
        return has;
    }
}
