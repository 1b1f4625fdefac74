package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What is predicted for a row. */
public enum Task {
    /** One of two classes. */
    @JsonProperty("binary")
    BINARY,
    /** One of three or more classes. */
    @JsonProperty("multiclass")
    MULTICLASS,
    /** Any subset of several labels, one 0/1 column each. */
    @JsonProperty("multilabel")
    MULTILABEL,
    /** A number. */
    @JsonProperty("regression")
    REGRESSION;

    /** True when the answer is a class or a set of labels. */
    public boolean isClassification() {
        return this != REGRESSION;
    }

    /** The name in configuration files and reports, for example {@code binary}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
