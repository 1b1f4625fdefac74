// Asks a language model for a text, and shows the text while it is written.

import { ask, Refusal } from './api.js';
import { at, say } from './dom.js';

let model = null;
let said = [];
let running = null;

/** Where this form stands in the page. */
export const place = 'talk';

export const title = () => 'Try a text';

export const hasColumns = () => false;

/** The model that writes from now on. */
export function build(next) {
  model = next;
}

/** Ends a running text and empties the form's log. */
export function leave() {
  running?.abort();
  said = [];
  say(at('talk-log'), '');
  say(at('talk-error'), '');
  say(at('talk-state'), '');
}

/** The request that the form stands for, in OpenAI's form. */
export function request({ id }) {
  const text = at('talk-text').value;
  const heat = at('talk-heat').value.trim();
  const fields = { model: id, max_tokens: Number(at('talk-most').value),
    ...(heat === '' ? {} : { temperature: Number(heat) }) }; // else the model's own would not count
  return at('talk-way').value === 'chat'
    ? { path: 'v1/chat/completions', body: { ...fields, messages: [...said, { role: 'user', content: text }] } }
    : { path: 'v1/completions', body: { ...fields, prompt: text } };
}

async function write() {
  if (running) {
    return;
  }
  const chat = at('talk-way').value === 'chat';
  const text = at('talk-text').value;
  const { path, body } = request(model);
  const log = at('talk-log');
  const before = chat ? log.textContent + `${log.textContent === '' ? '' : '\n'}user: ${text}\nassistant: ` : text;
  const mine = new AbortController();
  running = mine;
  say(at('talk-error'), '');
  say(at('talk-state'), 'Writing\u2026');
  at('talk-stop').disabled = false;
  const start = performance.now();
  let answer = '';
  let usage = null;
  try {
    const response = await ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
      signal: mine.signal,
    });
    for await (const event of events(response.body)) {
      if (event.error) {
        throw new Refusal(0, event.error.message);
      }
      const choice = event.choices[0];
      answer += choice?.text ?? choice?.delta?.content ?? '';
      usage = event.usage ?? usage;
      if (running === mine) {
        say(log, before + answer);
      }
    }
    if (chat && running === mine) {
      said.push({ role: 'user', content: text }, { role: 'assistant', content: answer });
    }
    finished(mine, usage === null ? 'Ended early.'
      : `${usage.completion_tokens} tokens in ${Math.max(1, Math.round(performance.now() - start))} ms.`);
  } catch (failure) {
    if (mine.signal.aborted) {
      finished(mine, 'Stopped.');
    } else if (failure instanceof Refusal) {
      finished(mine, '');
      say(at('talk-error'), failure.message);
    } else {
      finished(mine, '');
      throw failure;
    }
  }
}

function finished(mine, text) {
  if (running === mine) {
    running = null;
    at('talk-stop').disabled = true;
    say(at('talk-state'), text);
  }
}

/** The objects of server-sent events. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let open = '';
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    const parts = (open + value).split('\n\n');
    open = parts.pop();
    for (const part of parts) {
      const data = part.replace(/^data: /, '');
      if (data !== '[DONE]') {
        yield JSON.parse(data);
      }
    }
  }
}

at('talk-form').addEventListener('submit', event => {
  event.preventDefault();
  write();
});
at('talk-stop').addEventListener('click', () => running?.abort());
