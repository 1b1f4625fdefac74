// The list of models, and what one of them is.

import { address, ask, json, key, Refusal } from './api.js';
import { ago, at, make, number, table } from './dom.js';
import { shown } from './values.js';
import { viewOf } from './views.js';

const FEW = 8;

/** What a description may count in tokens. */
const COUNTED = ['context', 'vocabulary'];

/** What there is, with descriptions and whether each is ready. */
export async function list() {
  const { data } = await json('v1/models');
  return Promise.all(data.map(async ({ id }) => {
    const [model, ready] = await Promise.all([json(address(id)), isReady(id)]);
    return { ...model, ready };
  }));
}

async function isReady(name) {
  try {
    return (await json('v2/models/' + encodeURIComponent(name) + '/ready')).ready;
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.status === 503) {
      return false;
    }
    throw refusal;
  }
}

/** The address of this page for a model. */
export const link = (name, version = null) => '?' + new URLSearchParams(version === null ? { model: name } : { model: name, version });

/** Shows the list; links are kept as long as they are the same, so that the focus is not lost. */
export function showList(models, chosen) {
  const cards = models.map(model => make('li', {}, make('a', {
    href: link(model.id),
    'data-model': model.id,
    'aria-current': model.id === chosen ? 'true' : null,
  },
  make('strong', {}, model.id, make('span', { class: model.ready ? 'badge' : 'badge off' }, model.ready ? 'ready' : 'not ready')),
  make('small', {}, viewOf(model).does(model)),
  make('small', {}, `version ${model.version}, loaded ${ago(Date.parse(model.loaded))}`))));
  const place = at('models');
  cards.forEach((card, index) => {
    const old = place.children[index];
    if (!old) {
      place.append(card);
    } else if (old.firstElementChild?.dataset?.model !== card.firstElementChild?.dataset?.model) {
      old.replaceWith(card);
    } else if (!old.isEqualNode(card)) {
      update(old.firstElementChild, card.firstElementChild);
    }
  });
  [...place.children].slice(cards.length).forEach(card => card.remove());
}

function update(old, link) {
  old.replaceChildren(...link.childNodes);
  if (link.hasAttribute('aria-current')) {
    old.setAttribute('aria-current', 'true');
  } else {
    old.removeAttribute('aria-current');
  }
}

/** Shows what a model is, but for the form. */
export function showModel(model, versions) {
  at('model-title').textContent = model.id;
  at('version-choice').hidden = versions.length < 2;
  at('version').replaceChildren(...versions.map(version => make('option', { value: version }, String(version))));
  at('version').value = model.version;
  at('facts').replaceChildren(...facts(model).map(([name, value, wide]) =>
    make('div', { class: wide ? 'wide' : null }, make('dt', {}, name), make('dd', {}, value))));
  at('columns').replaceChildren(table(['Name', 'Kind', 'Values'],
    model.features.map(field => [field.name, kind(field), values(model, field)])));
  const rows = model.examples;
  at('examples-summary').textContent = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} to try`;
  const numeric = model.features.flatMap((field, index) => field.kind === 'number' ? [index + 1] : []);
  at('examples').replaceChildren(table(['Row', ...model.features.map(field => field.name)],
    rows.map((row, index) => [String(index + 1), ...model.features.map(field => cell(field, row[field.name]))]), numeric));
}

function facts(model) {
  const { maxBatch, maxDelayMs, queue, deadlineMs } = model.serve;
  const view = viewOf(model);
  const passes = view.passes?.(model.serve) ?? (maxBatch === 1
    ? 'Each request alone'
    : `Up to ${maxBatch} rows per pass, which waits up to ${maxDelayMs} ms for more`);
  return [
    ['Purpose', view.does(model)],
    ...COUNTED.flatMap(name => model[name] === undefined ? [] : [[capital(name), `${model[name]} tokens`]]),
    ['Versions', model.versions
      .map(version => version === model.version && model.versions.length > 1 ? version + ' (shown)' : String(version)).join(', ')],
    ['Loaded', new Date(model.loaded).toISOString().slice(0, 16).replace('T', ' ') + ' UTC'],
    ['Evaluation', report(model)],
    ['Served', `${passes}. At most ${queue} requests wait; a request is given up after ${number(deadlineMs / 1000)} s.`, true],
  ];
}

const capital = name => name[0].toUpperCase() + name.slice(1);

/** A browser sends no key when it follows a link, so with a key the report is a file to keep. */
function report(model) {
  const path = address(model.id, model.version) + '/report';
  if (!model.report) {
    return 'no report for this model';
  }
  if (!key()) {
    return make('a', { href: path, target: '_blank', rel: 'noopener' }, 'Report', make('span', { class: 'muted' }, ' (new tab)'));
  }
  const button = make('button', { type: 'button', class: 'quiet' }, 'Download the report');
  button.addEventListener('click', async () => {
    const url = URL.createObjectURL(await (await ask(path)).blob());
    make('a', { href: url, download: `${model.id}-${model.version}.html` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  return button;
}

const kind = field => field.format ? `${field.kind}, ${field.format}` : field.kind;

function values(model, field) {
  const choices = model.choices[field.name];
  if (!choices) {
    return { number: 'any number', date: 'any date', category: 'any text', text: 'any text' }[field.kind] ?? '';
  }
  const first = choices.slice(0, FEW).join(', ');
  return choices.length <= FEW ? first : make('details', {},
    make('summary', {}, `${choices.length} values: ${choices.slice(0, 3).join(', ')} …`), choices.join(', '));
}

function cell(field, value) {
  const text = shown(field, value);
  if (text === '') {
    return make('span', { class: 'missing' }, 'missing');
  }
  return field.kind === 'number' && typeof value === 'number' ? number(value) : text;
}
