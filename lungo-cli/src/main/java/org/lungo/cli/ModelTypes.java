package org.lungo.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lungo.deploy.ModelKind;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.family.labelling.training.LabellingConfig;
import org.lungo.family.language.training.LanguageConfig;
import org.lungo.family.translation.training.TranslationConfig;
import org.lungo.model.TableNetwork;

/** The values of {@code model.type}, which say the family where nothing else does. */
final class ModelTypes {
    private static final String KEY = "model.type";

    private ModelTypes() {}

    /**
     * Refuses a type that no family has: else a misspelt one would be taken for one of tables.
     *
     * @param text of the config, which may be empty
     * @throws IllegalArgumentException naming the types of all families
     */
    static void requireKnown(String name, String text, List<String> sets) {
        Map<String, String> given = new LinkedHashMap<>();
        String inConfig = ConfigFile.text(name, text, KEY);
        if (inConfig != null) {
            given.put(KEY + " in " + name, inConfig);
        }
        for (String set : sets) {
            if (set.startsWith("model=") || set.startsWith(KEY + "=")) {
                given.put("--set " + set.substring(0, set.indexOf('=')), set.substring(set.indexOf('=') + 1));
            }
        }
        Map<ModelKind, List<String>> known = known();
        given.forEach((place, type) -> {
            boolean section = type.startsWith("{"); // model={type: bert} is a section in YAML
            if (!section && known.values().stream().noneMatch(types -> types.contains(type))) {
                String all = known.entrySet().stream()
                        .map(family -> family.getKey().family() + ": " + String.join(", ", family.getValue()))
                        .collect(Collectors.joining("; "));
                throw new IllegalArgumentException(
                        place + " must be a model of one of the families (" + all + "). Received: " + type);
            }
        });
    }

    private static Map<ModelKind, List<String>> known() {
        Map<ModelKind, List<String>> known = new LinkedHashMap<>();
        List<String> tables = new ArrayList<>(names(TableNetwork.values()));
        tables.remove("bert"); // also of language; there it is listed
        known.put(ModelKind.TABLE, tables);
        known.put(ModelKind.LANGUAGE, names(LanguageConfig.Type.values()));
        known.put(ModelKind.TAGGER, names(LabellingConfig.Type.values()));
        known.put(ModelKind.TRANSLATOR, names(TranslationConfig.Type.values()));
        return known;
    }

    private static List<String> names(Enum<?>[] types) {
        return Arrays.stream(types).map(Object::toString).toList();
    }
}
