package org.lungo.deploy.template;

/** Python's {@code None}; no value of a template is Java's null. */
enum None {
    NONE
}
