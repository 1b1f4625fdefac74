package org.lungo.deploy.batch;

import org.lungo.model.Mlp;

/** What the rules forbid. */
record KnowsModels(Mlp network) {}
