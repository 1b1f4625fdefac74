package org.lungo.deploy.batch;

import org.lungo.deploy.Predictor;

/** What the rules forbid. */
record KnowsTables(Predictor predictor) {}
