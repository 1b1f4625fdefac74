package org.lungo.server.http;

import org.lungo.server.openai.CycleInOpenAi;

/** HTTP knows OpenAI's API, which knows it. */
public record CycleInHttp(CycleInOpenAi other) {}
