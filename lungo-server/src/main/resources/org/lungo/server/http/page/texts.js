// Several texts as a form: one on each line.

import { at, make } from './dom.js';

/** Where this form stands in the page. */
export const place = 'ask';

const MOST = 40;

const input = make('textarea', { id: 'texts', rows: 6, spellcheck: 'false', 'aria-describedby': 'texts-error' });
const error = make('p', { id: 'texts-error', class: 'error' });

export const title = () => 'Compare texts';

export const note = () => 'Empty lines do not count.';

export const action = 'Compare';

export const hasColumns = () => false;

/** Builds the form of a model; what was typed before is kept when {@code keep}. */
export function build(model, keep) {
  at('fields').replaceChildren(make('div', { class: 'field' },
    make('label', { for: input.id }, 'Texts', make('span', {}, 'two or more, one per line')), input, error));
  at('example').replaceChildren(
    make('option', { value: 'examples' }, 'examples'), make('option', { value: '' }, 'nothing'));
  if (!keep || lines().length === 0) {
    fill(model, 'examples');
  }
  forgive();
}

/** Fills the form with examples, or with nothing. */
export function fill(model, choice) {
  const [{ name }] = model.features;
  input.value = choice === '' ? '' : model.examples.map(example => example[name]).join('\n');
  forgive();
}

const lines = () => input.value.split('\n').map(line => line.trim()).filter(line => line !== '');

/** The request that the form stands for. */
export const request = ({ path, features: [{ name }] }) => ({
  path: path + ':predict',
  body: { instances: lines().map(line => ({ [name]: line })) },
});

/** Takes away what was said to be wrong. */
export function forgive() {
  at('row-error').textContent = '';
  input.removeAttribute('aria-invalid');
  error.textContent = '';
}

/** Shows what the server says about the texts. */
export function blame(message) {
  input.setAttribute('aria-invalid', 'true');
  error.textContent = message.replace(/^instance (\d+)/, (_, number) => `Text ${number}`);
  input.focus();
}

/** Says so when there are too few texts to compare, or too many to show; true when it is so. */
export function unfinished() {
  const count = lines().length;
  if (count >= 2 && count <= MOST) {
    return false;
  }
  blame(count < 2 ? 'Write at least two texts, one per line.' : `Write at most ${MOST} texts. There are ${count}.`);
  return true;
}
