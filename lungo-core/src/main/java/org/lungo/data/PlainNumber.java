package org.lungo.data;

import java.nio.charset.StandardCharsets;

/**
 * A number as programs write it: {@code -12.5} or {@code 3e-7}, without a plus sign, zeros in front or blanks. What such a text
 * is read as does not depend on who reads it.
 */
final class PlainNumber {
    /** Up to here a double holds every whole number, and every power of ten is exact: their quotient is rounded once. */
    private static final int EXACT_POWERS = 22;

    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS = new double[EXACT_POWERS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= EXACT_POWERS; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private PlainNumber() {}

    /** The number that stands in {@code text} from {@code from} to before {@code to}, or NaN where another text does. */
    static double parse(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int start = negative ? from + 1 : from;
        long digits = 0;
        int at = start;
        while (at < to && isDigit(text[at])) {
            digits = digits * 10 + text[at++] - '0';
        }
        int whole = at - start;
        if (whole == 0 || whole > 1 && text[start] == '0') {
            return Double.NaN;
        }
        int decimals = 0;
        if (at < to && text[at] == '.') {
            int point = at++;
            while (at < to && isDigit(text[at])) {
                digits = digits * 10 + text[at++] - '0';
            }
            decimals = at - point - 1;
            if (decimals == 0) {
                return Double.NaN;
            }
        }
        if (at == to && whole + decimals <= EXACT_DIGITS) {
            double value = digits / POWERS[decimals];
            return negative ? -value : value;
        }
        return at == to || isExponent(text, at, to)
                ? Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII))
                : Double.NaN;
    }

    private static boolean isExponent(byte[] text, int from, int to) {
        int at = from;
        if (text[at] != 'e' && text[at] != 'E') {
            return false;
        }
        at++;
        at += at < to && (text[at] == '-' || text[at] == '+') ? 1 : 0;
        int first = at;
        while (at < to && isDigit(text[at])) {
            at++;
        }
        return at == to && at > first;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
