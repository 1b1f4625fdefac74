package org.lungo.data;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What databases call their types, and the form in which every driver takes a value.
 *
 * @param product as its driver says it
 */
record DatabaseDialect(String product) {
    private static final String SHORT_TEXT = "VARCHAR(4000)";

    DatabaseDialect {
        product = product.toLowerCase(Locale.ROOT);
    }

    private boolean isMySql() {
        return product.contains("mysql") || product.contains("mariadb");
    }

    /** Whether any text fits into VARCHAR, and whether there is a BOOLEAN. */
    private boolean isFree() {
        return product.contains("postgres") || product.equals("h2") || product.contains("duckdb");
    }

    /**
     * The type of a column.
     *
     * @param type in DuckDB's words; others than those of {@link RowScan#plain} are texts
     */
    String type(String type) {
        return switch (type) {
            case "BIGINT", "DATE" -> type;
            case "DOUBLE" -> "DOUBLE PRECISION";
            case "BOOLEAN" -> isFree() || isMySql() ? "BOOLEAN" : SHORT_TEXT;
            case "TIMESTAMP" -> isMySql() ? "DATETIME(6)" : product.contains("sql server") ? "DATETIME2" : type;
            default -> type.startsWith("DECIMAL") ? type : isMySql() ? "LONGTEXT" : isFree() ? "VARCHAR" : SHORT_TEXT;
        };
    }

    /** What follows the columns of a new table: any letter shall fit into its texts. */
    String ending() {
        return isMySql() ? " CHARACTER SET utf8mb4" : "";
    }

    /**
     * A text as a value of a column; what the column cannot hold stays a text, of which the database can complain. A time
     * without a zone is in UTC where the column has one.
     *
     * @param type one of {@link Types}
     */
    static @Nullable Object value(@Nullable String text, int type) {
        if (text == null) {
            return null;
        }
        try {
            return switch (type) {
                case Types.DATE -> LocalDate.parse(text);
                case Types.TIMESTAMP -> time(text);
                case Types.TIMESTAMP_WITH_TIMEZONE -> time(text).atOffset(ZoneOffset.UTC);
                case Types.DECIMAL, Types.NUMERIC -> new BigDecimal(text);
                case Types.BIT, Types.BOOLEAN -> isTruth(text) ? (Object) Boolean.valueOf(text) : text;
                default -> text;
            };
        } catch (DateTimeException | NumberFormatException e) {
            return text;
        }
    }

    private static boolean isTruth(String text) {
        return text.equals("true") || text.equals("false");
    }

    private static LocalDateTime time(String text) {
        boolean zone = text.endsWith(DatabaseColumn.UTC);
        String clock = zone ? text.substring(0, text.length() - DatabaseColumn.UTC.length()) : text;
        return LocalDateTime.parse(clock.replace(' ', 'T'));
    }
}
