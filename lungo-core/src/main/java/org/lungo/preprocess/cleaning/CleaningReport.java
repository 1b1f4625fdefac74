package org.lungo.preprocess.cleaning;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What cleaning did to a corpus. Characters are Unicode's UTF-16 units.
 *
 * @param read the texts that there were
 * @param kept the texts that were written
 * @param changed how many of those differ from what was read, and the first of them
 * @param taken the texts that each rule took
 */
public record CleaningReport(Amount read, Amount kept, Taken changed, Map<Rule, Taken> taken) {
    private static final int SHOWN = 60;

    public CleaningReport {
        taken = new EnumMap<>(taken);
    }

    /** Texts and their characters. */
    public record Amount(long texts, long characters) {
        static final Amount NONE = new Amount(0, 0);

        Amount plus(String text) {
            return new Amount(texts + 1, characters + text.length());
        }
    }

    /**
     * Texts that a rule concerned.
     *
     * @param number of the first of them, counted from 1
     * @param example its beginning
     * @param earlier the number of the text that the first repeats, or -1
     */
    public record Taken(Amount amount, long number, String example, long earlier) {
        static final Taken NONE = new Taken(Amount.NONE, -1, "", -1);

        Taken plus(long place, String text, long like) {
            Amount more = amount.plus(text);
            return amount.texts() > 0
                    ? new Taken(more, number, example, earlier)
                    : new Taken(more, place, beginning(text), like);
        }
    }

    /** The report with one text more. */
    CleaningReport plus(long number, String raw, TextSieve.Verdict verdict) {
        Rule rule = verdict.rule();
        Amount all = read.plus(raw);
        if (rule == null) {
            Taken differing = raw.equals(verdict.text()) ? changed : changed.plus(number, raw, -1);
            return new CleaningReport(all, kept.plus(verdict.text()), differing, taken);
        }
        Map<Rule, Taken> more = new EnumMap<>(taken);
        more.put(rule, more.getOrDefault(rule, Taken.NONE).plus(number, raw, verdict.earlier()));
        return new CleaningReport(all, kept, changed, more);
    }

    static CleaningReport empty() {
        return new CleaningReport(Amount.NONE, Amount.NONE, Taken.NONE, new EnumMap<>(Rule.class));
    }

    private static String beginning(String text) {
        String line = text.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "");
        int end = line.length() <= SHOWN
                ? line.length()
                : line.offsetByCodePoints(0, Math.min(SHOWN, line.codePointCount(0, line.length())));
        return line.substring(0, end) + (end < line.length() ? "..." : "");
    }

    /** For a person: a line a rule, with the first text that it took. */
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d of %,d texts kept (%.1f of %.1f million characters)",
                kept.texts(),
                read.texts(),
                kept.characters() / 1e6,
                read.characters() / 1e6));
        taken.forEach((rule, some) -> text.append(line(rule.toString(), some, rule.reason())));
        if (changed.amount().texts() > 0) {
            text.append(line("changed", changed, "kept, but changed by the normalisation"));
        }
        return text.toString();
    }

    private static String line(String name, Taken some, String reason) {
        return String.format(
                Locale.ROOT,
                "%n%-9s %,9d  %s: text %d%s \"%s\"",
                name,
                some.amount().texts(),
                reason,
                some.number(),
                some.earlier() < 0 ? "" : ", of text " + some.earlier() + ",",
                some.example());
    }

    /** The report by name, for JSON. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("read", read);
        map.put("kept", kept);
        map.put("changed", changed);
        Map<String, Taken> rules = new LinkedHashMap<>();
        taken.forEach((rule, some) -> rules.put(rule.toString(), some));
        map.put("taken", rules);
        return map;
    }
}
