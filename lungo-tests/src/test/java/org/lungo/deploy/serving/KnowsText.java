package org.lungo.deploy.serving;

import org.lungo.deploy.text.TextBundle;

/** The queue of every family knows one of them. */
record KnowsText(TextBundle bundle) {}
