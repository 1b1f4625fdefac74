package org.lungo.family;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.experiment.Claim;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Order;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Setting;
import org.lungo.family.labelling.training.LabellingStudy;
import org.lungo.family.language.training.LanguageStudy;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.family.translation.training.TranslationStudy;

/** The families that learn, one line each, and which of them an order means. */
public final class Studies {
    /** The first is meant where no other claims the data. */
    private static final List<Study<?, ?>> ALL =
            List.of(new TableStudy(), new LanguageStudy(), new LabellingStudy(), new TranslationStudy());

    private static final String FAMILY = "family";
    private static final String TYPE = "model.type";

    private Studies() {}

    /** The studies of all families. */
    public static List<Study<?, ?>> all() {
        return ALL;
    }

    /** The study of the family with this name. */
    public static Optional<Study<?, ?>> named(String name) {
        return ALL.stream().filter(study -> name(study).equals(name)).findFirst();
    }

    /** Their flags of {@code lungo train}, each once. */
    public static List<Flag> flags() {
        Map<String, Flag> flags = new LinkedHashMap<>();
        ALL.forEach(study -> study.claim().flags().forEach(flag -> flags.putIfAbsent(flag.name(), flag)));
        return List.copyOf(flags.values());
    }

    /**
     * The family that an order means. The key {@code family} says it, or {@code --family}, else a flag that decides, else the
     * config or the data, by what each family claims; else it is tables.
     *
     * @throws IllegalArgumentException when the order contradicts itself, or has a flag that the family does not take
     */
    public static Study<?, ?> of(Order order) {
        Study<?, ?> study = named(order).or(() -> deciding(order)).orElseGet(() -> claiming(order));
        requireTaken(order, study);
        return study;
    }

    private static String name(Study<?, ?> study) {
        return study.family().name();
    }

    /** The family that is named, on which all names and deciding flags must agree. */
    private static Optional<Study<?, ?>> named(Order order) {
        Map<String, String> names = new LinkedHashMap<>();
        String inConfig = order.config() == null ? null : ConfigFile.text(order.input(), order.config(), FAMILY);
        if (inConfig != null) {
            names.put("family in " + order.input(), inConfig);
        }
        for (Setting setting : order.settings()) {
            if (setting.text().startsWith(FAMILY + "=")) {
                names.put("--set family", setting.text().substring(FAMILY.length() + 1));
            }
        }
        Order.Given flag = order.flags().get("--family");
        if (flag != null) {
            names.put(flag.origin(), flag.values().get(0));
        }
        Study<?, ?> named = null;
        for (Map.Entry<String, String> entry : names.entrySet()) {
            Study<?, ?> study = named(entry.getValue())
                    .orElseThrow(() -> new IllegalArgumentException(
                            entry.getKey() + " must be one of " + names() + ". Received: " + entry.getValue()));
            requireAgreement(entry.getKey(), study, named);
            named = study;
        }
        for (Flag deciding : flags()) {
            Order.Given given = order.flags().get(deciding.name());
            if (deciding.decides()
                    && given != null
                    && named != null
                    && !named.claim().takes(deciding.name())) {
                requireAgreement(given.origin(), taking(deciding.name()).get(0), named);
            }
        }
        return Optional.ofNullable(named);
    }

    private static void requireAgreement(String origin, Study<?, ?> asked, @Nullable Study<?, ?> named) {
        if (named != null && !named.equals(asked)) {
            throw new IllegalArgumentException(origin + " asks for the family " + name(asked) + ", and the family is "
                    + name(named) + " already; leave one of the two out");
        }
    }

    private static String names() {
        return ALL.stream().map(Studies::name).collect(Collectors.joining(", "));
    }

    private static List<Study<?, ?>> taking(String flag) {
        return ALL.stream().filter(study -> study.claim().takes(flag)).toList();
    }

    /** The family that the deciding flags mean. */
    private static Optional<Study<?, ?>> deciding(Order order) {
        Map<Study<?, ?>, String> meant = new LinkedHashMap<>();
        for (Flag flag : flags()) {
            Order.Given given = order.flags().get(flag.name());
            if (flag.decides() && given != null) {
                taking(flag.name()).forEach(study -> meant.putIfAbsent(study, given.origin()));
            }
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException("expected one of "
                    + meant.entrySet().stream()
                            .map(entry -> entry.getValue() + " (" + name(entry.getKey()) + ")")
                            .collect(Collectors.joining(" and "))
                    + ". Received: both");
        }
        return meant.keySet().stream().findFirst();
    }

    /** The family that claims the config or the data; the first of all where none does. */
    private static Study<?, ?> claiming(Order order) {
        requireKnownType(order);
        List<Study<?, ?>> claiming = ALL.stream()
                .filter(study -> study.claim().isMeant().test(order))
                .toList();
        if (claiming.size() > 1) {
            throw new IllegalArgumentException(order.input() + " could be "
                    + claiming.stream().map(Studies::name).collect(Collectors.joining(" or "))
                    + "; say which with --family");
        }
        if (claiming.size() == 1 && order.config() != null) {
            return claiming.get(0);
        }
        for (Flag flag : flags()) { // of data, such a flag says more than a name of a file
            if (order.has(flag.name()) && taking(flag.name()).size() == 1) {
                return taking(flag.name()).get(0);
            }
        }
        return claiming.isEmpty() ? ALL.get(0) : claiming.get(0);
    }

    private static void requireTaken(Order order, Study<?, ?> study) {
        Claim claim = study.claim();
        for (Flag flag : flags()) {
            Order.Given given = order.flags().get(flag.name());
            if (given != null && !claim.takes(flag.name())) {
                String hint = claim.hints().get(flag.name());
                String others = taking(flag.name()).stream().map(Studies::name).collect(Collectors.joining(" and "));
                throw new IllegalArgumentException("the family " + name(study) + " takes no " + given.origin()
                        + ", which is for " + others + (hint == null ? "; leave it out" : "; " + hint));
            }
        }
    }

    /** Refuses a type that no family has: else a misspelt one would be taken for one of tables. */
    private static void requireKnownType(Order order) {
        Map<String, String> given = new LinkedHashMap<>();
        String inConfig = ConfigFile.text(order.input(), order.text(), TYPE);
        if (inConfig != null) {
            given.put(TYPE + " in " + order.input(), inConfig);
        }
        for (Setting setting : order.settings()) {
            String text = setting.text();
            if (text.startsWith("model=") || text.startsWith(TYPE + "=")) {
                given.put("--set " + text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1));
            }
        }
        given.forEach((place, type) -> {
            boolean section = type.startsWith("{"); // model={type: bert} is a section in YAML
            if (!section
                    && ALL.stream().noneMatch(study -> study.claim().types().contains(type))) {
                List<String> known = new ArrayList<>();
                ALL.forEach(study -> known.add(
                        name(study) + ": " + String.join(", ", study.claim().types())));
                throw new IllegalArgumentException(place + " must be a model of one of the families ("
                        + String.join("; ", known) + "). Received: " + type);
            }
        });
    }
}
