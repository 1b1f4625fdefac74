package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateTextsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "iso",
            value = {
                "iso               | 2022-02-18T00:00        | 2022-02-18",
                "iso               | 2022-02-18T07:08:09     | 2022-02-18 07:08:09",
                "iso               | 2022-02-18T07:08:09.25  | 2022-02-18 07:08:09.25",
                "iso               | 1931-12-03T23:59:59     | 1931-12-03 23:59:59",
                "%m/%d/%Y          | 2022-02-08T00:00        | 02/08/2022",
                "%d.%m.%y          | 1999-02-08T00:00        | 08.02.99",
                "%d %b %Y %H:%M    | 2022-02-08T17:04        | 08 Feb 2022 17:04",
                "%B %d, %Y %I:%M %p | 2022-10-08T00:30       | October 08, 2022 12:30 AM",
                "%B %d, %Y %I:%M %p | 2022-10-08T12:30       | October 08, 2022 12:30 PM",
                "%Y%m%d %H%M%S.%f%% | 2022-10-08T01:02:03.5  | 20221008 010203.500000%"
            })
    void writesWhatIsReadAsTheSameDate(@Nullable String format, String moment, String text) {
        LocalDateTime time = LocalDateTime.parse(moment);
        double seconds = time.toEpochSecond(ZoneOffset.UTC) + time.getNano() / 1e9;
        Field field = new Field("since", Kind.DATE, format);
        assertThat(DateTexts.of(field, List.of(seconds)).text(seconds)).isEqualTo(text);
        Table table = new RowParser(new Schema(List.of(field)), List.of()).parse(List.of(Map.of("since", text)));
        assertThat(((NumberColumn) table.column("since")).values()).containsExactly(seconds);
    }

    /** A time in a format of days, a year that two digits do not say: the number is accepted, too. */
    @ParameterizedTest
    @CsvSource({"%m/%d/%Y, 1000000.5", "%d.%m.%y, -3155760000", "%d.%m.%Y, 1e13"})
    void leavesWhatTheFormCannotSay(String format, double seconds) {
        assertThat(DateTexts.of(new Field("since", Kind.DATE, format), List.of(seconds))
                        .text(seconds))
                .isEqualTo(seconds);
    }
}
