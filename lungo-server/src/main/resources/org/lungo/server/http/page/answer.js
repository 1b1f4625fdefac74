// The answer of a model, drawn by its view.

import { at, make } from './dom.js';
import { viewOf } from './views.js';

let answered = false;

/** Before anything was asked. */
export function clear() {
  answered = false;
  at('answer').classList.remove('stale');
  at('said').replaceChildren(make('p', { class: 'muted' }, 'No answer yet.'));
  at('shown').replaceChildren();
}

/** The form was changed: the answer is not for it any more. */
export function stale() {
  if (answered && !at('answer').classList.contains('stale')) {
    at('answer').classList.add('stale');
    at('said').append(make('p', { class: 'muted' }, 'The form has changed since.'));
  }
}

/** Shows what a model predicted for instances; {@code how} says who answered and how fast. */
export function show(model, instances, predictions, how) {
  const { said, shown } = viewOf(model).draw(model, instances, predictions);
  answered = true;
  at('answer').classList.remove('stale');
  at('said').replaceChildren(...said.filter(part => part !== null), make('p', { class: 'muted' }, how));
  at('shown').replaceChildren(...shown);
}
