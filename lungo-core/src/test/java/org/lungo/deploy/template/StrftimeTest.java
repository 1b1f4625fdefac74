package org.lungo.deploy.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected from Python's datetime.strftime in the C locale. */
class StrftimeTest {
    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 3, 7, 9, 5, 2, 60_000_000);
    private static final LocalDateTime EVENING = LocalDateTime.of(2024, 12, 31, 21, 45, 59);

    @Test
    void writesDatesAndTimes() {
        writes("%d %b %Y", "07 Mar 2026", "31 Dec 2024");
        writes("%Y-%m-%d %H:%M:%S", "2026-03-07 09:05:02", "2024-12-31 21:45:59");
        writes(
                "%A, %B %-d, %y (%a %h %j)",
                "Saturday, March 7, 26 (Sat Mar 066)", "Tuesday, December 31, 24 (Tue Dec 366)");
        writes("%I:%M %p|%-I|%-H|%-m|%-j|%-M", "09:05 AM|9|9|3|66|5", "09:45 PM|9|21|12|366|45");
        writes(
                "%F %T %D %R %e %u %f",
                "2026-03-07 09:05:02 03/07/26 09:05  7 6 060000", "2024-12-31 21:45:59 12/31/24 21:45 31 2 000000");
        writes("%c|%x|%X", "Sat Mar  7 09:05:02 2026|03/07/26|09:05:02", "Tue Dec 31 21:45:59 2024|12/31/24|21:45:59");
        writes("100%% é %", "100% é %", "100% é %");
    }

    private static void writes(String format, String morning, String evening) {
        assertThat(Strftime.format(format, MORNING)).isEqualTo(morning);
        assertThat(Strftime.format(format, EVENING)).isEqualTo(evening);
    }

    @Test
    void refusesLettersItDoesNotKnow() {
        assertThatThrownBy(() -> Strftime.format("%Q", MORNING))
                .isInstanceOf(TemplateException.class)
                .hasMessage("a format of strftime such as %d %b %Y was expected. Received: %Q");
    }

    @Test
    void asksAClock() {
        Clock clock = Clock.fixed(Instant.parse("2026-07-04T09:05:00Z"), ZoneOffset.ofHours(-10));
        assertThat(Template.of("{% if strftime_now is defined %}{{ strftime_now('%d %b %Y') }}{% endif %}")
                        .render(Map.of("strftime_now", Strftime.now(clock))))
                .isEqualTo("03 Jul 2026");
    }
}
