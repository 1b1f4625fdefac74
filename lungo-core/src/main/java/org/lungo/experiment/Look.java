package org.lungo.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lungo.experiment.config.Inferred;

/**
 * What was found in the data, and what training on it will take.
 *
 * @param inferred what the data says about values that the config leaves open, by path
 * @param lines for a person
 * @param notes on the data
 * @param memory an estimate
 */
public record Look(Map<String, Inferred> inferred, List<Line> lines, List<String> notes, TrainingMemory memory) {
    public Look {
        inferred = Map.copyOf(inferred);
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    /** A line of the overview, such as the name {@code rows} and the text "1,200". */
    public record Line(String name, String text) {
        /** A line whose text is a format with values. */
        public static Line of(String name, String format, Object... values) {
            return new Line(name, String.format(Locale.ROOT, format, values));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-9s %s", name, text);
        }
    }

    /** The same with the size of the model and the memory as lines. */
    Look sized() {
        List<Line> all = new ArrayList<>(lines);
        all.add(Line.of("memory", "%s", memory.toText()));
        return new Look(inferred, all, notes, memory);
    }

    /** The same with one more line. */
    Look with(Line line) {
        List<Line> all = new ArrayList<>(lines);
        all.add(line);
        return new Look(inferred, all, notes, memory);
    }

    /** For a person. */
    public String toText() {
        return toText(Integer.MAX_VALUE);
    }

    /**
     * The same with fewer notes.
     *
     * @param maxNotes the maximum number of notes; of more, their number is said
     */
    public String toText(int maxNotes) {
        List<String> text = new ArrayList<>(lines.stream().map(Line::toString).toList());
        notes.stream()
                .limit(maxNotes)
                .map(note -> new Line("note", note).toString())
                .forEach(text::add);
        if (notes.size() > maxNotes) {
            text.add(Line.of("note", "and %,d more notes", notes.size() - maxNotes)
                    .toString());
        }
        return String.join(System.lineSeparator(), text);
    }
}
