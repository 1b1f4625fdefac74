package org.lungo.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a model answers, as the files of its folder say before anything of it is loaded. */
public enum ModelKind {
    /** Rows of tables. */
    TABLE("a model for tables", "lungo predict lets it answer for rows"),
    /** Texts, which it writes or turns into vectors, in Hugging Face's layout. */
    LANGUAGE("a language model", "lungo generate lets it write"),
    /** Texts whose tokens it gives labels. */
    TAGGER("a tagger", "lungo predict lets it label texts"),
    /** Texts, which it translates. */
    TRANSLATOR("a model that translates", "lungo translate gives it texts");

    /** The file that only a tagger has. */
    public static final String LABELS = "labels.json";

    /** The {@code model_type} in the {@code config.json} of a model that translates. */
    public static final String TRANSLATOR_TYPE = "lungo_transformer";

    private final String title;
    private final String use;

    ModelKind(String title, String use) {
        this.title = title;
        this.use = use;
    }

    /** What the folder of a run, or a model folder, holds; {@link #TABLE} where its files say nothing else. */
    public static ModelKind of(Path folder) {
        Path model = modelFolder(folder);
        if (Files.isRegularFile(model.resolve(LABELS))) {
            return TAGGER;
        }
        if (type(model.resolve("config.json")).equals(TRANSLATOR_TYPE)) {
            return TRANSLATOR;
        }
        boolean tokens = Files.isRegularFile(model.resolve("tokenizer.json"))
                || Files.isRegularFile(model.resolve("vocab.txt")); // of BERT, as it was before there was the other
        return tokens && !Files.exists(model.resolve("preprocess.json")) ? LANGUAGE : TABLE;
    }

    private static String type(Path config) {
        try {
            return Files.isRegularFile(config)
                    ? JsonMapper.shared()
                            .readTree(Files.readString(config))
                            .path("model_type")
                            .asString("")
                    : "";
        } catch (IOException | JacksonException e) {
            return ""; // who loads it says what is wrong with it
        }
    }

    /** The model folder of a run; the folder itself where it is no run. */
    public static Path modelFolder(Path folder) {
        Path inner = folder.resolve("model");
        return Files.isDirectory(inner) ? inner : folder;
    }

    /** What it is, with its article. */
    public String title() {
        return title;
    }

    /** What is said of {@code folder}, which holds a model of this kind, where one of another is asked for. */
    public String refusal(Path folder) {
        return folder + " holds " + title + "; " + use;
    }
}
