package org.lungo.family.labelling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lungo.model.Bert;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;

/**
 * A BERT that reads tokens in pieces of words: what it makes of the first piece stands for the token. Devlin et al. 2018,
 * arXiv:1810.04805, section 5.3. A sentence of more pieces than the model sees at once is read in windows of whole tokens.
 *
 * @param dropout of the vectors that it gives
 */
public record PieceEncoder(Tokenizer tokenizer, Bert bert, double dropout) implements SentenceEncoder {
    private static final int LONGEST = 512;
    private static final int AROUND = 2;

    /** Leaves out the pooler, which is not asked. */
    public PieceEncoder {
        for (String token : List.of("[CLS]", "[SEP]", "[UNK]")) {
            Check.that(
                    tokenizer.id(token) != null,
                    "the tokenizer of a BERT must have the tokens [CLS], [SEP] and [UNK]",
                    "none for " + token);
        }
        if (bert.pooler() != null) {
            Bert.Config config = bert.config();
            Bert.Details details = config.details();
            bert = new Bert(
                    bert.embeddings(),
                    bert.blocks(),
                    null,
                    new Bert.Config(
                            config.vocabulary(),
                            config.context(),
                            config.layers(),
                            config.heads(),
                            config.hidden(),
                            config.dropout(),
                            new Bert.Details(details.inner(), details.types(), details.epsilon(), false)));
        }
    }

    @Override
    public int longest() {
        return LONGEST;
    }

    @Override
    public Tensor forward(List<List<String>> sentences) {
        Windows windows = new Windows();
        long[] places = windows.add(sentences); // [batch * seq], the window and the piece in it, as one number
        int longest = windows.longest();
        for (int i = 0; i < places.length; i++) {
            places[i] = places[i] / bert.context() * longest + places[i] % bert.context();
        }
        Tensor hidden = bert.hidden(windows.tokens(), null, windows.visible()); // [windows, pieces, hidden]
        return hidden.flatten(0, 1) // [windows * pieces, hidden]
                .indexSelect(0, Tensor.of(places, places.length)) // [batch * seq, hidden]
                .reshape(sentences.size(), places.length / sentences.size(), -1) // [batch, seq, hidden]
                .dropout(dropout);
    }

    /** The pieces of sentences, in rows of at most as many as the model sees. */
    private final class Windows {
        private final List<List<Long>> rows = new ArrayList<>();
        private final Map<String, int[]> known = new HashMap<>();

        /** Adds sentences; returns for each token the number of its window times the context, and the place in it. */
        long[] add(List<List<String>> sentences) {
            int seq = sentences.stream().mapToInt(List::size).max().orElse(1);
            long[] places = new long[sentences.size() * seq];
            for (int row = 0; row < sentences.size(); row++) {
                List<Long> window = begin();
                for (int i = 0; i < sentences.get(row).size(); i++) {
                    int[] pieces = known.computeIfAbsent(sentences.get(row).get(i), this::pieces);
                    if (window.size() + pieces.length >= bert.context()) {
                        window.add(id("[SEP]"));
                        window = begin();
                    }
                    places[row * seq + i] = (rows.size() - 1L) * bert.context() + window.size();
                    for (int piece : pieces) {
                        window.add((long) piece);
                    }
                }
                window.add(id("[SEP]"));
            }
            return places;
        }

        private List<Long> begin() {
            List<Long> window = new ArrayList<>(List.of(id("[CLS]")));
            rows.add(window);
            return window;
        }

        /** At least one, and at most as many as fit a window. */
        private int[] pieces(String token) {
            int[] ids = tokenizer.encode(token);
            return ids.length == 0
                    ? new int[] {(int) id("[UNK]")}
                    : java.util.Arrays.copyOf(ids, Math.min(ids.length, bert.context() - AROUND));
        }

        private long id(String token) {
            return java.util.Objects.requireNonNull(tokenizer.id(token));
        }

        int longest() {
            return rows.stream().mapToInt(List::size).max().orElse(1);
        }

        /** INT64 [windows, pieces]. */
        Tensor tokens() {
            int longest = longest();
            long[] ids = new long[rows.size() * longest];
            java.util.Arrays.fill(ids, tokenizer.paddingId());
            for (int row = 0; row < rows.size(); row++) {
                for (int i = 0; i < rows.get(row).size(); i++) {
                    ids[row * longest + i] = rows.get(row).get(i);
                }
            }
            return Tensor.of(ids, rows.size(), longest);
        }

        /** BOOL [windows, pieces]. */
        Tensor visible() {
            long[] lengths = rows.stream().mapToLong(List::size).toArray();
            return Tensor.of(lengths, lengths.length, 1).ge(Tensor.arange(1, longest() + 1L));
        }
    }
}
