package org.lungo.family.labelling;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Convolution1d;
import org.lungo.nn.Recurrent;
import org.lungo.nn.TokenEmbedding;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.DType;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Words by their vectors and by their characters, under a recurrent network in both directions. Ma and Hovy 2016,
 * arXiv:1603.01354: the largest values of filters over a word's characters are joined to the word's own vector (section
 * 2.1), the network reads both (2.2), and values are dropped before the filters, before the network and behind it. A word
 * that training saw once is read as an unknown one half of the time (Lample et al. 2016, arXiv:1603.01360, section 4.1).
 *
 * @param ids the words and characters that are known
 * @param filters null where words are read without their characters
 */
public record WordEncoder(
        WordIds ids,
        TokenEmbedding words,
        @Nullable TokenEmbedding characters,
        @Nullable Convolution1d filters,
        Recurrent network,
        double dropout)
        implements SentenceEncoder {
    private static final double LOWEST = -1e30;
    private static final double RARE_DROPOUT = 0.5;
    private static final int LONGEST = 512;

    @Override
    public int longest() {
        return LONGEST;
    }

    @Override
    public Tensor forward(List<List<String>> sentences) {
        WordIds.Batch batch = ids.batch(sentences);
        Tensor vectors = words.forward(seen(batch.words())); // [batch, seq, embedding]
        Tensor letters = letters(batch); // [batch, seq, filters]
        Tensor x = letters == null ? vectors : Reshaping.concat(List.of(vectors, letters), 2);
        return network.forward(x.dropout(dropout), batch.lengths()).dropout(dropout); // [batch, seq, 2 * hidden]
    }

    /** In training some rare words are not known. INT64 [batch, seq]. */
    private Tensor seen(Tensor words) {
        if (!Scope.isTraining()) {
            return words;
        }
        Tensor dropped =
                Tensor.ones(DType.FLOAT32, words.shape()).dropout(RARE_DROPOUT).eq(0); // BOOL [batch, seq]
        return words.maskedFill(dropped.and(words.gt(ids.firstRare() - 1)), WordIds.UNKNOWN);
    }

    private @Nullable Tensor letters(WordIds.Batch batch) {
        if (characters == null || filters == null) {
            return null;
        }
        Tensor letters = characters.forward(batch.letters()).dropout(dropout); // [different words, length, width]
        Tensor outside = batch.letters().eq(TokenEmbedding.PADDING).unsqueeze(1); // BOOL [different words, 1, length]
        Tensor largest = filters.forward(letters.transpose(1, 2)) // [different words, filters, length]
                .maskedFill(outside, LOWEST)
                .max(2) // [different words, filters]
                .maskedFill(outside.all(2), 0); // the row of padding has no character
        long[] shape = batch.places().shape();
        return largest.indexSelect(0, batch.places().reshape(-1)) // [batch * seq, filters]
                .reshape(shape[0], shape[1], -1); // [batch, seq, filters]
    }
}
