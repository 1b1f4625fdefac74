package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import tools.jackson.databind.json.JsonMapper;

class VocabularyTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** In no order. */
    private static final List<String> KNOWN = shuffled();

    @Test
    void knowsThePlaceOfEachValue() {
        Vocabulary vocabulary = new Vocabulary(List.of("b", "", "a"));
        assertThat(vocabulary.size()).isEqualTo(3);
        assertThat(vocabulary.indexOf("b")).isEqualTo(0);
        assertThat(vocabulary.indexOf("")).isEqualTo(1);
        assertThat(vocabulary.indexOf("a")).isEqualTo(2);
        assertThat(vocabulary.indexOf("A")).isEqualTo(-1);
        assertThat(vocabulary.indexOf(null)).isEqualTo(-1);
        assertThat(vocabulary.contains("a")).isTrue();
        assertThat(vocabulary.contains("A")).isFalse();
        assertThat(vocabulary.contains(null)).isFalse();
    }

    /** Every kind that looks a category up gives what a search through the list of its values gives. */
    @Test
    void givesWhatASearchThroughTheListGives() {
        TextColumn column = new TextColumn("city", asked());
        long[] indices = new long[column.rows()];
        new CategoryIndex("city", new Vocabulary(KNOWN)).write(column, indices, 0, 1);
        float[] places = new float[column.rows() * KNOWN.size()];
        new OneHot("city", new Vocabulary(KNOWN)).write(column, places, 0, KNOWN.size());
        float[] expected = new float[places.length];
        for (int row = 0; row < column.rows(); row++) {
            int place = KNOWN.indexOf(column.values()[row]);
            assertThat(indices[row]).isEqualTo(place + 1);
            if (place >= 0) {
                expected[row * KNOWN.size() + place] = 1;
            }
        }
        assertThat(Arrays.equals(places, expected)).isTrue();
    }

    @Test
    void countsWhatASearchThroughTheListDoesNotFind() {
        Vocabulary vocabulary = new Vocabulary(KNOWN);
        Table table = Table.of(List.of(new TextColumn("city", asked())));
        long unknown = Arrays.stream(asked())
                .filter(value -> value != null && !KNOWN.contains(value))
                .count();
        assertThat(unknown).isPositive();
        Schema schema = new Schema(List.of(new Field("city", Kind.CATEGORY)));
        for (Fitted fitted : List.of(new CategoryIndex("city", vocabulary), new OneHot("city", vocabulary))) {
            assertThat(new FittedTable(schema, List.of(fitted)).unknown(table)).isEqualTo(unknown);
        }
    }

    @Test
    void findsAValueInAnotherSpelling() {
        Vocabulary vocabulary = new Vocabulary(List.of("1", "2.5", "True", "007"));
        assertThat(List.of("1", "1.0", "2.50", "true", "007"))
                .map(vocabulary::placeOf)
                .containsExactly(0, 0, 1, 2, 3);
        assertThat(List.of("7", "01", "false", "")).map(vocabulary::placeOf).containsOnly(-1);
        assertThat(vocabulary.indexOf("1.0")).as("words of texts are exact").isEqualTo(-1);
    }

    /** As models of earlier versions have them, which kept both. */
    @Test
    void tellsSpellingsApartThatItKnowsBoth() {
        Vocabulary vocabulary = new Vocabulary(List.of("1.0", "1", "2.0"));
        assertThat(List.of("1.0", "1", "1.00", "2", "2.00"))
                .map(vocabulary::placeOf)
                .containsExactly(0, 1, 1, 2, 2);
    }

    @Test
    void learnsOneValueFromBothSpellings() {
        TextColumn column = new TextColumn("zip", new String[] {"1", "1.0", "2.0", "01", "a", "A"});
        assertThat(CategoryCounts.counts(column)).isEqualTo(java.util.Map.of("1", 2, "2", 1, "01", 1, "a", 1, "A", 1));
        assertThat(FittedTarget.distinct(column)).containsExactly("01", "1", "2", "A", "a");
    }

    @Test
    void isAListInABundle() {
        OneHot oneHot = new OneHot("plan", new Vocabulary(List.of("b", "a")));
        String text = JSON.writeValueAsString(oneHot);
        assertThat(text).isEqualTo("{\"type\":\"one_hot\",\"column\":\"plan\",\"values\":[\"b\",\"a\"]}");
        assertThat(JSON.readValue(text, Fitted.class)).isEqualTo(oneHot).hasSameHashCodeAs(oneHot);
        CategoryIndex index = new CategoryIndex("plan", new Vocabulary(List.of("b", "a")));
        assertThat(JSON.readValue(text.replace("one_hot", "category_index"), Fitted.class))
                .isEqualTo(index)
                .isNotEqualTo(new CategoryIndex("plan", new Vocabulary(List.of("a", "b"))));
    }

    @Test
    void refusesAValueThatStandsThereTwice() {
        assertThatThrownBy(() -> new Vocabulary(List.of("a", "b", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the values of a category must differ. Received: 'a' twice");
    }

    private static List<String> shuffled() {
        List<String> values = new ArrayList<>(
                IntStream.range(0, 2000).mapToObj(i -> "value " + 2 * i).toList());
        Collections.shuffle(values, new java.util.Random(1));
        return values;
    }

    /** Known values, unknown ones and missing ones. */
    private static @Nullable String[] asked() {
        return new java.util.Random(2)
                .ints(300, 0, 4100)
                .mapToObj(i -> i > 4000 ? null : "value " + i)
                .toArray(String[]::new);
    }
}
