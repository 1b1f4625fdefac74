package org.lungo.family.translation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.BadInstanceException;
import org.lungo.deploy.serving.Form;
import org.lungo.deploy.serving.Shared;
import org.lungo.deploy.text.TextInstance;
import org.lungo.family.translation.Translator.Source;

/** A translator that is served: texts in, their translations out. */
record SharedTranslator(Translator translator) implements Shared.OfLists<Source, Translator.Translation> {
    /** A text to try. */
    private static final String EXAMPLE = "Ein Hund läuft im Park.";

    @Override
    public Form form() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("target", "translation");
        facts.put("task", "translation");
        facts.put("classes", List.of());
        facts.put("context", translator.bundle().model().config().context());
        return new Form(
                Form.View.TEXT,
                List.of(Form.Column.texts("text")),
                List.of(Form.Column.texts("translation")),
                List.of(Map.of("text", example(translator))),
                facts);
    }

    /** As much of a text to try as the model has room for. */
    static String example(Translator translator) {
        int context = translator.bundle().model().config().context();
        String example = EXAMPLE;
        while (translator.bundle().tokens().source(example).length > context && example.contains(" ")) {
            example = example.substring(0, example.lastIndexOf(' '));
        }
        return example;
    }

    @Override
    public List<Source> read(List<@Nullable Object> instances) {
        List<String> texts = TextInstance.read(instances, false).stream()
                .map(TextInstance::text)
                .toList();
        try {
            return translator.sources(texts, 1);
        } catch (IllegalArgumentException e) {
            throw new BadInstanceException(String.valueOf(e.getMessage()));
        }
    }

    /** A translation is written token by token. */
    @Override
    public boolean isBrief(List<Source> request) {
        return false;
    }

    @Override
    public List<Translator.Translation> answers(List<Source> questions) {
        return translator.translate(questions, Translator.Settings.DEFAULTS);
    }

    @Override
    public Map<String, Object> fields(Translator.Translation answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("translation", answer.text());
        fields.put("ended", answer.ended());
        return fields;
    }
}
