package org.lungo.server.http;

import org.lungo.deploy.text.AnswersTexts;

/** What serves every kind of model knows what only language models can do. */
record KnowsTexts(AnswersTexts texts) {}
