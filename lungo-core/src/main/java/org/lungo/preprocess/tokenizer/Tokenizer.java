package org.lungo.preprocess.tokenizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;

/**
 * A text as the ids of its tokens, and back: what a {@code tokenizer.json} of Hugging Face describes, computed by the Rust
 * library that defines the format (github.com/huggingface/tokenizers 0.21), so that ids are those a model was trained
 * with.
 *
 * <pre>{@code
 * Tokenizer tokenizer = Tokenizer.load(Path.of("tokenizer.json"));
 * int[] ids = tokenizer.encode("How are you doing?");
 * String text = tokenizer.decode(ids);
 * }</pre>
 *
 * <p>Deviations: a file's own truncation, padding and dropout are left out, since they belong to the caller
 * ({@link Encoding#shortened}); a file that the library would answer with an end of the process is refused
 * ({@code docs/tokenizers.md}).
 *
 * <p>Many threads may use one tokenizer. Its native memory is freed when nothing refers to it any more.
 */
public final class Tokenizer {
    /** The longest text to encode at once, in {@code char}s. Longer ones are cut where a line or a document ends. */
    public static final int MAX_CHARACTERS = 1_000_000;
    /** The largest file, in bytes; the largest published ones have 35 million. */
    static final long MAX_BYTES = 128L << 20;

    /** Texts below this number are not worth a second thread. */
    private static final int FEW = 16;

    private final String json;
    private final TokenizerFile file;
    private final NativeTokenizer library;

    private Tokenizer(String json, String source) {
        Check.that(json.length() <= MAX_BYTES, "a tokenizer must have at most " + MAX_BYTES + " bytes", json.length());
        this.json = json;
        this.file = TokenizerFile.read(json, source);
        try {
            library = new NativeTokenizer(file.checked());
        } catch (IllegalArgumentException e) {
            throw TokenizerFile.corrupt(source, "a tokenizer that the Rust library takes", e.getMessage());
        }
    }

    /**
     * Makes sure that tokenizers run on this machine: they need a library for its system and processor.
     *
     * @throws org.lungo.tensor.EngineException saying why they do not
     */
    public static void requireLibrary() {
        NativeTokenizer.requireLibrary();
    }

    /**
     * Reads a {@code tokenizer.json}.
     *
     * @throws CorruptFileException when it is damaged, not a tokenizer, or of a kind that cannot be run safely
     */
    public static Tokenizer load(Path tokenizerJson) throws IOException {
        long bytes = Files.size(tokenizerJson);
        if (bytes > MAX_BYTES) {
            throw TokenizerFile.corrupt(tokenizerJson.toString(), "at most " + MAX_BYTES + " bytes", bytes + "");
        }
        try {
            return new Tokenizer(Files.readString(tokenizerJson), tokenizerJson.toString());
        } catch (CharacterCodingException e) {
            throw TokenizerFile.corrupt(tokenizerJson.toString(), "UTF-8", "other bytes");
        }
    }

    /**
     * The tokenizer that the text of a {@code tokenizer.json} describes.
     *
     * @throws CorruptFileException as {@link #load}
     */
    @JsonCreator
    public static Tokenizer parse(String json) {
        return new Tokenizer(json, "tokenizer.json");
    }

    /** The text it was made from, unchanged, to be stored with a model. */
    @JsonValue
    public String json() {
        return json;
    }

    /**
     * The ids of {@code text} alone, [tokens], without the special tokens that mark its start or end. A special token that
     * is written out in the text counts as one.
     *
     * @throws IllegalArgumentException when the text is longer than {@link #MAX_CHARACTERS}, or holds what the vocabulary
     *     cannot write and there is no unknown token
     */
    public int[] encode(String text) {
        return library.ids(wellFormed(text));
    }

    /** {@link #encode(String)} of many texts, on all processors; the order stays. */
    public List<int[]> encodeAll(List<String> texts) {
        IntStream places = IntStream.range(0, texts.size());
        return (texts.size() < FEW ? places : places.parallel())
                .mapToObj(i -> encode(texts.get(i)))
                .toList();
    }

    /** {@code text} with the special tokens that its model expects around one text, and where each token came from. */
    public Encoding encodeFully(String text) {
        return library.encode(wellFormed(text), null);
    }

    /** A pair, as a question and a passage, with the special tokens that its model expects around and between. */
    public Encoding encodeFully(String first, String second) {
        return library.encode(wellFormed(first), wellFormed(second));
    }

    /**
     * The text of {@code ids}, special tokens included.
     *
     * @throws IllegalArgumentException when there is no such token
     */
    public String decode(int... ids) {
        return library.decode(known(ids), false);
    }

    /** The text of {@code ids} without special tokens. */
    public String decodeText(int... ids) {
        return library.decode(known(ids), true);
    }

    /** A decoder for output that is shown token by token, without special tokens. */
    public StreamDecoder stream() {
        return new StreamDecoder(this, true);
    }

    /**
     * The characters of {@code text} that the vocabulary lacks, each once and in order: all of them are encoded as its
     * unknown token.
     */
    public List<String> unknownCharacters(String text) {
        int unknown = file.unknown();
        if (unknown < 0 || IntStream.of(encode(text)).noneMatch(id -> id == unknown)) {
            return List.of();
        }
        return text.codePoints()
                .distinct()
                .mapToObj(Character::toString)
                .filter(one -> IntStream.of(encode(one)).anyMatch(id -> id == unknown))
                .toList();
    }

    /** The number of rows an embedding needs: the largest id and 1. */
    public int size() {
        return file.size();
    }

    /** The id of a token as the vocabulary spells it, such as {@code ##ing} or {@code [MASK]}; null when there is none. */
    public @Nullable Integer id(String token) {
        return file.id(token);
    }

    /**
     * The token of {@code id} as the vocabulary spells it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public String token(int id) {
        String token = file.token(id);
        Check.that(token != null, "an id must be one of the " + size() + " of the vocabulary", id);
        return String.valueOf(token);
    }

    /** Whether there is a token of {@code id}; a vocabulary may have gaps. */
    public boolean has(int id) {
        return file.token(id) != null;
    }

    /** True for a token that stands for no text, such as {@code [CLS]}. */
    public boolean isSpecial(int id) {
        return file.isSpecial(id);
    }

    /** The id to fill short texts of a batch with; 0 when the vocabulary has none, for an attention mask hides it. */
    public int paddingId() {
        return file.padding();
    }

    private int[] known(int[] ids) {
        for (int id : ids) {
            token(id);
        }
        return ids;
    }

    /** Half a surrogate pair is no character; it becomes U+FFFD, as everywhere where Java writes UTF-8. */
    private static String wellFormed(String text) {
        Check.that(
                text.length() <= MAX_CHARACTERS,
                "a text must have at most " + MAX_CHARACTERS + " characters; encode it in parts",
                text.length());
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            repaired = repaired == null ? new StringBuilder(text) : repaired;
            repaired.setCharAt(i, '\uFFFD');
        }
        return repaired == null ? text : repaired.toString();
    }
}
