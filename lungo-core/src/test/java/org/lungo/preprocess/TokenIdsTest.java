package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.TextPreprocessor.Form;
import tools.jackson.databind.json.JsonMapper;

final class TokenIdsTest {
    private static final TextColumn TRAIN =
            new TextColumn("t", new String[] {"b a a", "b a", null, "c", "b, b b b b b b b"});

    private static TokenIds fit(int minCount, int maxWords, int maxTokens, double whole) {
        return new TextPreprocessor(true, Form.NFC, true, minCount, maxWords, maxTokens, whole).fit(TRAIN);
    }

    private static int[] write(TokenIds ids, String... texts) {
        int[] tokens = new int[texts.length * ids.length()];
        ids.write(new TextColumn("t", texts), tokens, 0, ids.length());
        return tokens;
    }

    @Test
    void numbersWordsByTheTextsThatHaveThem() {
        TokenIds ids = fit(1, 100, 100, 1);
        assertThat(ids.vocabulary().values()).containsExactly("b", "a", ",", "c");
        assertThat(ids.size()).isEqualTo(6);
        assertThat(ids.length()).isEqualTo(9);
        assertThat(write(ids, "A b never c")).containsExactly(3, 2, 1, 5, 0, 0, 0, 0, 0);
    }

    @Test
    void forgetsRareWords() {
        assertThat(fit(2, 100, 100, 1).vocabulary().values()).containsExactly("b", "a");
        assertThat(fit(1, 1, 100, 1).vocabulary().values()).containsExactly("b");
    }

    @Test
    void readsWhatTheWantedShareHas() {
        TokenIds ids = fit(1, 100, 100, 0.8);
        assertThat(ids.length()).isEqualTo(3);
        assertThat(ids.shortened()).isCloseTo(0.2, within(1e-12));
        assertThat(fit(1, 100, 2, 1).length()).isEqualTo(2);
        assertThat(write(ids, "a b c a", null, "", "\uFFFD", "???"))
                .containsExactly(3, 2, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
    }

    @Test
    void learnsFromTextsWithoutWords() {
        TokenIds ids = TextPreprocessor.DEFAULTS.fit(new TextColumn("t", new String[] {null, ""}));
        assertThat(ids.length()).isEqualTo(1);
        assertThat(write(ids, "anything at all")).containsExactly(1);
    }

    @Test
    void standsNextToOtherTextsAndIsSavedWithThem() {
        TextColumn other = new TextColumn("u", new String[] {"x y", "y", "z", "y z", "x"});
        Table table = Table.of(List.of(TRAIN, other));
        Schema schema = new Schema(List.of(new Field("t", Kind.TEXT), new Field("u", Kind.TEXT)));
        FittedTable fitted = TablePreprocessor.DEFAULTS.fit(table, schema);
        Encoded rows = fitted.encode(table);
        assertThat(rows.tokenWidth()).isEqualTo(9 + 2).isEqualTo(fitted.tokenWidth());
        assertThat(rows.tokens()).startsWith(2, 3, 3, 0, 0, 0, 0, 0, 0, 4 - 1, 2);
        Encoded two = rows.slice(1, 3);
        assertThat(Encoded.concat(List.of(rows.slice(0, 1), two, rows.slice(3, 5)))
                        .tokens())
                .isEqualTo(rows.tokens());
        JsonMapper json = new JsonMapper();
        FittedTable loaded = json.readValue(json.writeValueAsString(fitted), FittedTable.class);
        assertThat(loaded.encode(table).tokens()).isEqualTo(rows.tokens());
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> fit(0, 1, 1, 1)).hasMessage("min_count must be at least 1. Received: 0");
        assertThatThrownBy(() -> fit(1, 0, 1, 1)).hasMessage("max_words must be at least 1. Received: 0");
        assertThatThrownBy(() -> fit(1, 1, 0, 1)).hasMessage("max_tokens must be from 1 to 65536. Received: 0");
        assertThatThrownBy(() -> fit(1, 1, 1, 0)).hasMessage("whole must be above 0 and at most 1. Received: 0.0");
    }
}
