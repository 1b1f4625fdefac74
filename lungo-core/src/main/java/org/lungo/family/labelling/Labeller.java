package org.lungo.family.labelling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lungo.data.LabelScheme;
import org.lungo.data.Span;
import org.lungo.preprocess.Splitting;
import org.lungo.preprocess.Splitting.Token;

/**
 * Finds entities, or gives each token its part of speech.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     Labeller labeller = Labeller.load(Path.of("runs/entities-001"));
 *     for (Labelled.Entity entity : labeller.label("Ada Lovelace lived in London.").entities()) {
 *         System.out.println(entity.type() + " " + entity.text());
 *     }
 * }
 * }</pre>
 *
 * <p>A text becomes tokens as those of the corpus were ({@link Splitting}), and sentences that end with a line, or with a
 * token that ends sentences.
 */
public record Labeller(LabelBundle bundle) {
    private static final Set<String> ENDS = Set.of(".", "!", "?", "。", "！", "？", "…");
    private static final Set<String> CLOSING = Set.of("\"", "'", "”", "’", ")", "）", "」", "』", "》");

    /** Reads a run or its model folder. The model lives in the scope that is open now. */
    public static Labeller load(Path folder) throws IOException {
        return new Labeller(LabelBundle.load(folder));
    }

    /** The labels of a text. */
    public Labelled label(String text) {
        return label(new String[] {text}).get(0);
    }

    /** The labels of several texts, which share passes of the model. */
    public List<Labelled> label(String... texts) {
        List<List<Token>> tokens = new ArrayList<>();
        List<List<List<String>>> sentences = new ArrayList<>();
        for (String text : texts) {
            List<Token> own = bundle.splitting().split(text);
            tokens.add(own);
            sentences.add(sentences(own, text));
        }
        return label(tokens, List.of(texts), sentences);
    }

    /**
     * The labels of a text that is in tokens already. Their places are those in the tokens with a space between each, or
     * none where the corpus had single characters as tokens. They are one sentence.
     */
    public Labelled label(List<String> tokens) {
        return labelTokens(List.of(tokens)).get(0);
    }

    /** The same of several texts, which share passes of the model. */
    public List<Labelled> labelTokens(List<List<String>> texts) {
        String between = bundle.splitting() == Splitting.CHARACTERS ? "" : " ";
        List<List<Token>> placed = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        for (List<String> tokens : texts) {
            List<Token> own = new ArrayList<>();
            int at = 0;
            for (String token : tokens) {
                own.add(new Token(token, at, at + token.length()));
                at += token.length() + between.length();
            }
            placed.add(own);
            joined.add(String.join(between, tokens));
        }
        return label(placed, joined, texts.stream().map(List::of).toList());
    }

    private List<Labelled> label(List<List<Token>> texts, List<String> written, List<List<List<String>>> sentences) {
        List<List<String>> labels =
                bundle.model().label(sentences.stream().flatMap(List::stream).toList());
        List<Labelled> answers = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < texts.size(); i++) {
            int count = sentences.get(i).size();
            List<String> own = labels.subList(at, at + count).stream()
                    .flatMap(List::stream)
                    .toList();
            at += count;
            answers.add(new Labelled(texts.get(i), own, entities(texts.get(i), own, written.get(i))));
        }
        return answers;
    }

    private static List<List<String>> sentences(List<Token> tokens, String text) {
        List<List<String>> sentences = new ArrayList<>();
        List<String> sentence = new ArrayList<>();
        boolean ended = false;
        int end = 0;
        for (Token token : tokens) {
            boolean line = text.substring(end, token.start()).chars().anyMatch(c -> c == '\n' || c == '\r');
            boolean goesOn = ENDS.contains(token.text()) || CLOSING.contains(token.text());
            if (!sentence.isEmpty() && (line || ended && !goesOn)) {
                sentences.add(List.copyOf(sentence));
                sentence.clear();
                ended = false;
            }
            sentence.add(token.text());
            ended |= ENDS.contains(token.text());
            end = token.end();
        }
        if (!sentence.isEmpty()) {
            sentences.add(List.copyOf(sentence));
        }
        return sentences;
    }

    private List<Labelled.Entity> entities(List<Token> tokens, List<String> labels, String text) {
        if (bundle.scheme() == LabelScheme.PLAIN) {
            return List.of();
        }
        return Span.of(labels).stream()
                .map(span -> {
                    int start = tokens.get(span.start()).start();
                    int end = tokens.get(span.end() - 1).end();
                    return new Labelled.Entity(span.type(), text.substring(start, end), start, end);
                })
                .toList();
    }
}
