package org.lungo.preprocess;

import java.util.ArrayList;
import java.util.List;
import org.lungo.data.Column;

/** The rows of a table while its columns are encoded, one after the other in the table's order. */
public final class Encoding {
    private final int rows;
    private final int numberWidth;
    private final float[] numbers;
    private final int categoryWidth;
    private final long[] categories;
    private final int tokenWidth;
    private final int[] tokens;
    private final List<Encoded.Shaped> shaped = new ArrayList<>();
    private int number;
    private int category;
    private int token;

    /** Room for {@code rows} rows of {@code table}. */
    Encoding(FittedTable table, int rows) {
        this.rows = rows;
        this.numberWidth = table.numberWidth();
        this.categoryWidth = table.categoryWidth();
        this.tokenWidth = table.tokenWidth();
        this.numbers = new float[rows * numberWidth];
        this.categories = new long[rows * categoryWidth];
        this.tokens = new int[Math.multiplyExact(rows, tokenWidth)];
    }

    void add(Fitted.Numbers fitted, Column column) {
        fitted.write(column, numbers, number, numberWidth);
        number += fitted.width();
    }

    void add(Fitted.Index fitted, Column column) {
        fitted.write(column, categories, category++, categoryWidth);
    }

    void add(Fitted.Tokens fitted, Column column) {
        fitted.write(column, tokens, token, tokenWidth);
        token += fitted.length();
    }

    void add(Fitted.Shaped fitted, Column column) {
        float[] values = new float[Math.multiplyExact(rows, fitted.size())];
        fitted.write(column, values);
        shaped.add(new Encoded.Shaped(fitted.shape(), values));
    }

    /** The rows when every column was added. */
    Encoded encoded() {
        return new Encoded(
                rows, numberWidth, numbers, categoryWidth, categories, new Encoded.Texts(tokenWidth, tokens), shaped);
    }
}
