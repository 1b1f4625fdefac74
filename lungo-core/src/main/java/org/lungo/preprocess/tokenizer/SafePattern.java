package org.lungo.preprocess.tokenizer;

/** to be written */
final class SafePattern {
    private SafePattern() {}

    static void check(Part where, String pattern) {
        where.require(!pattern.contains("\\k"), "no back reference", pattern);
    }
}
