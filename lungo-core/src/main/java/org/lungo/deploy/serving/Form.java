package org.lungo.deploy.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked and what it answers: enough to describe it, to draw a page for it, and to ask it.
 *
 * @param view how an answer is drawn
 * @param inputs what an instance has, each a tensor of the Open Inference Protocol
 * @param outputs what an answer has, in the same form; an answer's value stands under the same name
 * @param examples instances to try
 * @param facts what else a description holds, by name and in order
 * @param ignored what an instance may have besides, and is not looked at
 */
public record Form(
        View view,
        List<Column> inputs,
        List<Column> outputs,
        List<?> examples,
        Map<String, @Nullable Object> facts,
        List<String> ignored) {
    public Form {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        examples = List.copyOf(examples);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        ignored = List.copyOf(ignored);
    }

    /** A form of instances that have nothing but their inputs. */
    public Form(
            View view,
            List<Column> inputs,
            List<Column> outputs,
            List<?> examples,
            Map<String, @Nullable Object> facts) {
        this(view, inputs, outputs, examples, facts, List.of());
    }

    /** How an answer is drawn. A page knows views, never families. */
    public enum View {
        /** A class of several, with probabilities. */
        CLASS,
        /** Some of several labels, each with its probability. */
        LABELS,
        /** A number. */
        VALUE,
        /** Parts of a text, each with a label. */
        SPANS,
        /** A text for a text. */
        TEXT,
        /** A text that is continued token by token. */
        WRITING,
        /** How near texts are to each other. */
        SIMILARITY;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A tensor with a value, or a row of values, for each instance.
     *
     * @param datatype of the Open Inference Protocol, such as {@code FP64} or {@code BYTES}
     * @param shape of all of them; the first size, -1, is the number of instances
     * @param classes the names of the values of a row; empty where they have none
     */
    public record Column(
            String name,
            String datatype,
            List<Integer> shape,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> classes) {
        public Column {
            shape = List.copyOf(shape);
            classes = List.copyOf(classes);
        }

        /** A column of texts. */
        public static Column texts(String name) {
            return new Column(name, "BYTES", List.of(-1), List.of());
        }

        /** A column of numbers. */
        public static Column numbers(String name) {
            return new Column(name, "FP64", List.of(-1), List.of());
        }

        /** Several numbers for each instance, one for each of some classes. */
        public static Column numbers(String name, List<String> classes) {
            return new Column(name, "FP64", List.of(-1, classes.size()), classes);
        }
    }
}
