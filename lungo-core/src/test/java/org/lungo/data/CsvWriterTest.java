package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvWriterTest {
    @Test
    void quotesWhereItMust() throws IOException {
        StringBuilder out = new StringBuilder();
        String[] texts = {"plain", "a,b", "say \"hi\"", "two\nlines", "", null, " x", "é"};
        new CsvWriter(out).line(List.of("t", "a,b"));
        new CsvWriter(out).rows(Table.of(List.of(new TextColumn("t", texts))));
        assertThat(out)
                .hasToString("t,\"a,b\"\nplain\n\"a,b\"\n\"say \"\"hi\"\"\"\n\"two\nlines\"\n\"\"\n\n\" x\"\né\n");
    }

    @Test
    void writesNumbersThatReadBackTheSame() throws IOException {
        assertThat(written(3)).isEqualTo("3");
        assertThat(written(-0.5)).isEqualTo("-0.5");
        assertThat(written(Double.NaN)).isEmpty();
        assertThat(written(1e20)).isEqualTo("1.0E20");
        assertThat(written(2e-3)).isEqualTo("0.002"); // JDK 17 itself would say 0.0020
        assertThat(written(2.2250738585072014E-308)).isEqualTo("2.2250738585072014E-308");
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            assertThat(Double.parseDouble(written(value))).isEqualTo(value);
        }
    }

    private static String written(double value) throws IOException {
        StringBuilder out = new StringBuilder();
        new CsvWriter(out).rows(Table.of(List.of(new NumberColumn("x", new double[] {value}))));
        return out.toString().strip();
    }
}
