package org.lungo.preprocess;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.tokenizer.Tokenizer;

/**
 * A text as the tokens of a model that was trained before, each as its id and 1; 0 stands after the last one. Tokens around
 * and between texts are the model's to add. A missing text is one without tokens.
 *
 * @param unicode the form that texts are brought to
 * @param html whether tags are left out and entities decoded
 * @param length the maximum number of tokens read of a text
 * @param shortened the share of the training texts that have more
 */
public record Subwords(
        String column, Tokenizer tokenizer, TextPreprocessor.Form unicode, boolean html, int length, double shortened)
        implements Fitted.Tokens {
    @Override
    public int size() {
        return tokenizer.size() + 1;
    }

    /** {@code [MASK]}, which the model knows from its training, or {@code [UNK]}. */
    @Override
    public int unknown() {
        Integer mask = tokenizer.id("[MASK]");
        Integer id = mask == null ? tokenizer.id("[UNK]") : mask;
        return id == null ? tokenizer.paddingId() + 1 : id + 1;
    }

    @Override
    public void write(Column texts, int[] target, int at, int stride) {
        List<int[]> rows = ids(tokenizer, unicode, html, (TextColumn) texts);
        for (int row = 0; row < rows.size(); row++) {
            int[] ids = rows.get(row);
            for (int i = 0; i < Math.min(length, ids.length); i++) {
                target[at + row * stride + i] = ids[i] + 1;
            }
        }
    }

    /** The ids of each row, none for a missing one. */
    static List<int[]> ids(Tokenizer tokenizer, TextPreprocessor.Form unicode, boolean html, TextColumn column) {
        return tokenizer.encodeAll(Arrays.stream(column.values())
                .map(text -> text == null ? "" : clean(unicode, html ? Html.text(text) : text))
                .toList());
    }

    private static String clean(TextPreprocessor.Form unicode, String text) {
        String normal = switch (unicode) {
            case NONE -> text;
            case NFC -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case NFKC -> Normalizer.normalize(text, Normalizer.Form.NFKC);
        };
        return normal.length() <= Tokenizer.MAX_CHARACTERS ? normal : normal.substring(0, Tokenizer.MAX_CHARACTERS);
    }
}
