package org.lungo.data;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of a query's result. Its texts are the same whichever machine and driver reads them: truths are {@code true} and
 * {@code false} as in JSON and Parquet, times with a zone are in UTC.
 *
 * @param type in DuckDB's words
 */
record DatabaseColumn(String name, String type, Form form) {
    /** What is added to a time that had a zone. */
    static final String UTC = "+00";

    private static final int LONGEST_DECIMAL = 38;
    private static final DateTimeFormatter CLOCK = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    /** How a value becomes a text. */
    enum Form {
        /** As the driver writes it. */
        PLAIN,
        /** {@code true} or {@code false}. */
        TRUTH,
        /** In UTC. */
        INSTANT
    }

    /** @param truths whether a type that is called BOOLEAN holds nothing else; MySQL's is a small number */
    static DatabaseColumn of(ResultSetMetaData meta, int column, boolean truths) throws SQLException {
        String name = meta.getColumnLabel(column);
        String own = String.valueOf(meta.getColumnTypeName(column)).toUpperCase(Locale.ROOT);
        if (truths && own.startsWith("BOOL")) {
            return new DatabaseColumn(name, "BOOLEAN", Form.TRUTH);
        }
        if (jdbcType(meta, column) == Types.TIMESTAMP_WITH_TIMEZONE) {
            return new DatabaseColumn(name, "TIMESTAMP", Form.INSTANT);
        }
        String plain = own.equals("YEAR") ? "BIGINT" : own.equals("MONEY") ? "VARCHAR" : type(meta, column);
        return new DatabaseColumn(name, plain, Form.PLAIN);
    }

    /** One of {@link Types}; a time with a zone has its own, which PostgreSQL's driver does not say. */
    static int jdbcType(ResultSetMetaData meta, int column) throws SQLException {
        boolean instant = "timestamptz".equalsIgnoreCase(meta.getColumnTypeName(column));
        return instant ? Types.TIMESTAMP_WITH_TIMEZONE : meta.getColumnType(column);
    }

    private static String type(ResultSetMetaData meta, int column) throws SQLException {
        return switch (meta.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> "BIGINT";
            case Types.BIGINT -> meta.isSigned(column) ? "BIGINT" : "DECIMAL(20,0)";
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> "DOUBLE";
            case Types.DECIMAL, Types.NUMERIC -> decimal(meta.getPrecision(column), meta.getScale(column));
            case Types.DATE -> "DATE";
            case Types.TIMESTAMP -> "TIMESTAMP";
            default -> "VARCHAR";
        };
    }

    private static String decimal(int precision, int scale) {
        boolean known = precision > 0 && precision <= LONGEST_DECIMAL && scale >= 0 && scale <= precision;
        return known ? "DECIMAL(" + precision + "," + scale + ")" : "VARCHAR";
    }

    /** The value in the row where {@code rows} is. */
    @Nullable
    String text(ResultSet rows, int column) throws SQLException {
        return switch (form) {
            case PLAIN -> rows.getString(column);
            case TRUTH -> {
                boolean value = rows.getBoolean(column);
                yield rows.wasNull() ? null : Boolean.toString(value);
            }
            case INSTANT -> {
                OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
                boolean endless = OffsetDateTime.MAX.equals(value) || OffsetDateTime.MIN.equals(value);
                yield value == null || endless ? rows.getString(column) : utc(value);
            }
        };
    }

    private static String utc(OffsetDateTime time) {
        LocalDateTime clock = time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        return CLOCK.format(clock) + UTC;
    }
}
