package org.lungo.deploy.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Python writes and reads them. */
final class NumberText {
    private static final int SCIENTIFIC_FROM = 16;
    private static final int SCIENTIFIC_BELOW = -4;
    private static final int MAX_DIGITS = 17;

    private NumberText() {}

    /** The number that a token of a template says. */
    static Object literal(Token token) {
        String digits = token.text().replace("_", "");
        try {
            if (token.kind() == Token.Kind.FLOAT) {
                return Double.valueOf(digits);
            }
            int base = digits.length() > 1 ? base(digits.charAt(1)) : 10;
            return Long.valueOf(base == 10 ? digits : digits.substring(2), base);
        } catch (NumberFormatException e) {
            throw new TemplateException("whole numbers must fit into 64 bits. Received: " + digits).at(token.line());
        }
    }

    private static int base(char letter) {
        return switch (letter) {
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
    }

    /** The shortest digits that mean {@code value}: plain, or with an exponent when large or small. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        if (Double.isInfinite(value)) {
            return sign + "inf";
        }
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        if (exponent < SCIENTIFIC_BELOW || exponent >= SCIENTIFIC_FROM) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String places = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + places;
        }
        String plain = shortest.toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
