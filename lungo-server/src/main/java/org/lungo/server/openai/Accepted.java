package org.lungo.server.openai;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lungo.server.http.HttpFailure;

/**
 * The fields that a request may have.
 *
 * @param read what is read
 * @param harmless what changes no answer, with what it must be
 * @param unsupported what would change the answer, with the values that ask for nothing
 * @param reasons why a field is not supported, and what to do, where there is more to say
 */
record Accepted(
        Set<String> read,
        Map<String, Class<?>> harmless,
        Map<String, Predicate<Object>> unsupported,
        Map<String, String> reasons) {
    private static final Map<String, Class<?>> COMMON = Map.of(
            "user", String.class,
            "metadata", Map.class,
            "service_tier", String.class,
            "safety_identifier", String.class,
            "prompt_cache_key", String.class,
            "prompt_cache_retention", String.class,
            "prompt_cache_options", Map.class,
            "parallel_tool_calls", Boolean.class);

    /**
     * Fields with those that every request may have and that change no answer.
     *
     * @param stored whether {@code store} is one of them
     */
    static Accepted of(
            Set<String> read, boolean stored, Map<String, Predicate<Object>> unsupported, Map<String, String> reasons) {
        Map<String, Class<?>> harmless = new HashMap<>(COMMON);
        if (stored) {
            harmless.put("store", Boolean.class);
        }
        return new Accepted(read, Map.copyOf(harmless), unsupported, reasons);
    }

    /**
     * Refuses other fields, and those that are not supported.
     *
     * @param more fields that are read, too
     * @throws HttpFailure 400 naming the field
     */
    void require(Fields fields, Set<String> more) {
        Set<String> known = new TreeSet<>(read);
        known.addAll(harmless.keySet());
        known.addAll(unsupported.keySet());
        known.addAll(more);
        fields.requireOnly(known);
        harmless.forEach(fields::requireKind);
        unsupported.forEach((name, neutral) -> refuse(fields.get(name), name, neutral));
    }

    private void refuse(@Nullable Object value, String name, Predicate<Object> neutral) {
        if (value != null && !neutral.test(value)) {
            String reason = reasons.getOrDefault(name, "leave it out, since it would change the answer");
            throw HttpFailure.ofField(name, "unsupported_parameter", name + " is not supported; " + reason);
        }
    }
}
