package org.lungo.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lungo.preprocess.tokenizer.StreamDecoder;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.CorruptFileException;

/** Any bytes as a {@code tokenizer.json}: either it is refused in words, or it cuts and joins texts. Jazzer calls it. */
public final class TokenizerFuzz {
    private static final String TEXT = "<s> ab b b  <s>abb\n\tÄa-12 _q🐻\0x 生活 a\u0301 \u200D<mask> ";
    private static final String STEPS = """
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"},
                 {"type": "Replace", "pattern": {"String": "q"}, "content": "a"}, {"type": "StripAccents"},
                 {"type": "Precompiled", "precompiled_charsmap": "BAAAAAAAAAA="}]},
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true},
                 {"type": "Split", "pattern": {"Regex": " ?\\\\p{L}+"}, "behavior": "Isolated", "invert": false}]},
            "post_processor": {"type": "BertProcessing", "sep": ["a", 1], "cls": ["b", 2]},
            "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},""";

    private TokenizerFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Tokenizer tokenizer = Tokenizer.parse(new String(data, StandardCharsets.UTF_8));
            int[] ids = tokenizer.encode(TEXT);
            tokenizer.decode(ids);
            tokenizer.encodeFully(TEXT, "ab");
            tokenizer.encode("");
            StreamDecoder stream = tokenizer.stream();
            for (int id : ids) {
                stream.add(id);
            }
            stream.finish();
        } catch (CorruptFileException | IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).contains("Received: ")) {
                throw new AssertionError("an error must say what came", e);
            }
        }
    }

    /** Files that are right, to begin with. */
    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (TokenizerTraining.Type type : TokenizerTraining.Type.values()) {
            String json = TokenizerTraining.of(type, 300)
                    .train(Collections.nCopies(3, TEXT).iterator())
                    .json();
            seeds.add(json.getBytes(StandardCharsets.UTF_8));
        }
        String small = "{" + STEPS
                + "\"added_tokens\": [{\"id\": 3, \"content\": \"<s>\"}], \"model\": {\"type\": \"WordLevel\","
                + " \"unk_token\": \"u\", \"vocab\": {\"u\": 0, \"a\": 1, \"b\": 2}}}";
        seeds.add(small.getBytes(StandardCharsets.UTF_8));
        return seeds;
    }
}
