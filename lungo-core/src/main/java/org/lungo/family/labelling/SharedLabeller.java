package org.lungo.family.labelling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Form;
import org.lungo.deploy.serving.Shared;
import org.lungo.deploy.text.TextInstance;

/** A tagger that is served: texts in, labels and entities out. */
record SharedLabeller(Labeller labeller) implements Shared.OfLists<TextInstance, Labelled> {
    /** A text to try. */
    static final String EXAMPLE = "Ada Lovelace lived in London. 她住在伦敦。";

    /** The characters of a request, of all its texts, whose pass is a short one. */
    private static final int FEW_CHARACTERS = 1000;

    @Override
    public Form form() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("target", "entities");
        facts.put("task", "labels");
        facts.put("classes", labeller.bundle().model().labels());
        return new Form(
                Form.View.SPANS,
                List.of(Form.Column.texts("text")),
                List.of(Form.Column.texts("tokens"), Form.Column.texts("labels"), Form.Column.texts("entities")),
                List.of(Map.of("text", EXAMPLE)),
                facts);
    }

    @Override
    public List<TextInstance> read(List<@Nullable Object> instances) {
        return TextInstance.read(instances, true);
    }

    @Override
    public boolean isBrief(List<TextInstance> request) {
        return request.stream().mapToLong(text -> text.text().length()).sum() <= FEW_CHARACTERS;
    }

    @Override
    public List<Labelled> answers(List<TextInstance> questions) {
        List<String> texts = new ArrayList<>();
        List<List<String>> tokens = new ArrayList<>();
        for (TextInstance question : questions) {
            if (question.tokens() == null) {
                texts.add(question.text());
            } else {
                tokens.add(question.tokens());
            }
        }
        Deque<Labelled> ofTexts = new ArrayDeque<>(labeller.label(texts.toArray(String[]::new)));
        Deque<Labelled> ofTokens = new ArrayDeque<>(labeller.labelTokens(tokens));
        return questions.stream()
                .map(question -> question.tokens() == null ? ofTexts.remove() : ofTokens.remove())
                .toList();
    }

    @Override
    public Map<String, Object> fields(Labelled answer) {
        return LabelPrediction.toMap(answer);
    }
}
