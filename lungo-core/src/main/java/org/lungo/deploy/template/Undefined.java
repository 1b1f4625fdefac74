package org.lungo.deploy.template;

/**
 * A value that is not there: it prints as nothing, counts as false and has no items. Anything else done with it fails.
 *
 * @param what what was looked up, for messages
 */
record Undefined(String what) {
    TemplateException failure() {
        return new TemplateException("a value was expected. Received: " + what + ", which is not defined");
    }
}
