// The page at /: the server's models, a form to try one, what happens now.

import * as answer from './page/answer.js';
import { address, ask, json, key, onKeyNeeded, Refusal, useKey } from './page/api.js';
import * as curl from './page/curl.js';
import { at, say } from './page/dom.js';
import * as live from './page/live.js';
import * as models from './page/models.js';
import { viewOf } from './page/views.js';

const REFRESH = 10_000;

let known = [];
let shown = null;
let form = null; // of the model that is shown
let started = false;

/** Does something; what the server refuses is said on top, what is our own mistake is left to errors.js. */
async function attempt(action) {
  try {
    await action();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
    if (refusal.status !== 401) {
      say(at('server'), 'Problem: ' + refusal.message);
    }
  }
}

async function refresh() {
  let refused = null;
  try {
    known = await models.list();
  } catch (refusal) {
    if (refusal.status !== 403) {
      throw refusal;
    }
    known = []; // a key for metrics only still shows what is below
    refused = 'The models are not shown: ' + refusal.message + '.';
  }
  at('content').hidden = false;
  at('key').hidden = true;
  at('forget').hidden = key() === null;
  at('models-note').textContent = refused ?? (known.length === 0 ? 'No model is loaded.' : '');
  const waiting = known.filter(model => !model.ready).length;
  say(at('server'), waiting === 0
    ? `${known.length} ${known.length === 1 ? 'model' : 'models'}, ready`
    : `${waiting} of ${known.length} models not ready`);
  live.models(known.map(model => model.id));
  await choose();
  if (!started) {
    started = true;
    live.start();
  }
}

/** Shows the model that the page's address names, else the first. */
async function choose() {
  const wanted = new URLSearchParams(location.search);
  const current = known.find(model => model.id === wanted.get('model')) ?? known[0];
  models.showList(known, current?.id);
  at('model').hidden = current === undefined;
  if (!current) {
    shown = null;
    return;
  }
  const version = Number(wanted.get('version'));
  const model = current.versions.includes(version) && version !== current.version
    ? await json(address(current.id, version))
    : current;
  if (model.id === shown?.id && model.version === shown.version && model.loaded === shown.loaded) {
    return;
  }
  const same = model.id === shown?.id;
  shown = { ...model, path: address(model.id, model === current ? null : version) };
  document.title = model.id + ' - Lungo';
  models.showModel(model, current.versions);
  build(same);
  answer.clear();
  writeCurl();
}

/** Shows the form that the model's view asks with. */
function build(same) {
  const view = viewOf(shown);
  form?.leave?.();
  form = view.form;
  for (const place of ['ask', 'talk']) {
    at(place).hidden = place !== form.place;
  }
  at('ask').classList.toggle('wide', view.wide === true);
  at('try-title').textContent = form.title(shown);
  at('send').textContent = view.action?.(shown) ?? form.action ?? '';
  at('note').textContent = form.note?.(shown) ?? '';
  document.querySelectorAll('[data-columns]').forEach(section => { section.hidden = !form.hasColumns(shown); });
  form.build(shown, same);
}

async function go(link) {
  history.pushState(null, '', link);
  await attempt(choose);
}

function writeCurl() {
  const { path, body } = form.request(shown);
  at('curl').textContent = curl.line(new URL(path, document.baseURI).href, body, key() !== null);
}

async function predict() {
  if (form.unfinished()) {
    return;
  }
  const model = shown;
  const { path, body } = form.request(model);
  const button = at('send');
  button.setAttribute('aria-busy', 'true');
  const start = performance.now();
  try {
    const response = await ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { predictions } = await response.json();
    const millis = Math.max(1, Math.round(performance.now() - start));
    form.forgive();
    if (model === shown) {
      answer.show(model, body.instances, predictions, `Version ${response.headers.get('Lungo-Model-Version')} answered in ${millis} ms.`);
    }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
    form.forgive();
    form.blame(refusal.message);
  } finally {
    button.removeAttribute('aria-busy');
  }
}

function changed() {
  answer.stale();
  writeCurl();
}

onKeyNeeded(message => {
  if (at('key').hidden) {
    at('key').hidden = false;
    at('content').hidden = true;
    say(at('server'), 'A key is needed');
    at('key-value').focus();
  }
  say(at('key-error'), message === '' ? '' : 'The server says: ' + message + '.');
});

at('key-form').addEventListener('submit', event => {
  event.preventDefault();
  const value = at('key-value').value.trim();
  if (!/^[\x21-\x7e]+$/.test(value)) {
    say(at('key-error'), 'A key consists of ASCII letters, digits and punctuation, without spaces.');
    return;
  }
  useKey(value);
  attempt(async () => {
    await refresh();
    at('key-value').value = '';
    say(at('key-error'), '');
    at('main').focus();
    live.wake();
  });
});
at('forget').addEventListener('click', () => {
  useKey(null);
  location.reload();
});
at('models').addEventListener('click', event => {
  const link = event.target.closest('a');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(link.getAttribute('href'));
  }
});
at('version').addEventListener('change', () => go(models.link(shown.id, at('version').value)));
addEventListener('popstate', () => attempt(choose));
at('example').addEventListener('change', () => {
  form.fill(shown, at('example').value);
  changed();
});
at('row').addEventListener('submit', event => {
  event.preventDefault();
  predict();
});
at('fields').addEventListener('input', event => {
  form.forgive(event.target);
  changed();
});
at('talk-form').addEventListener('input', writeCurl);
at('copy').addEventListener('click', curl.copy);
setInterval(() => {
  if (document.visibilityState === 'visible' && !at('content').hidden) {
    attempt(refresh);
  }
}, REFRESH);

attempt(refresh);
attempt(async () => say(at('release'), (await json('v2')).version));
