package org.lungo.family.first;

import org.lungo.train.TrainConfig;

/** What answers knows how to learn. */
record KnowsTraining(TrainConfig config) {}
