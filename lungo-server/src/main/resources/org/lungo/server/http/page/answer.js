// A prediction in words, as a chart and as a table.

import { at, make, number, percent, table } from './dom.js';
import { bars, draw } from './chart.js';

const MOST = 20;
const BAR = 34;

let answered = false;

/** Before anything was asked. */
export function clear() {
  answered = false;
  at('answer').classList.remove('stale');
  at('said').replaceChildren(make('p', { class: 'muted' }, 'Nothing asked yet.'));
  at('bars').hidden = true;
  at('numbers').hidden = true;
}

/** The row was changed: the answer is not for it any more. */
export function stale() {
  if (answered && !at('answer').classList.contains('stale')) {
    at('answer').classList.add('stale');
    at('said').append(make('p', { class: 'muted' }, 'The row was changed since.'));
  }
}

/** Shows the answer of a model; {@code how} says who answered and how fast. */
export function show(model, prediction, how) {
  answered = true;
  at('answer').classList.remove('stale');
  at('said').replaceChildren(...words(model, prediction), make('p', { class: 'muted' }, how));
  const ranked = Object.entries(prediction.probabilities ?? {}).sort((a, b) => b[1] - a[1]);
  at('bars').hidden = ranked.length === 0;
  at('numbers').hidden = ranked.length === 0;
  if (ranked.length === 0) {
    return;
  }
  const top = ranked.slice(0, MOST);
  at('bars').style.height = 12 + top.length * BAR + 'px';
  at('bars').setAttribute('aria-label', summary(model, ranked));
  const chosen = prediction.labels ?? [prediction.label];
  draw(at('bars'), bars(top, chosen, model.task === 'multilabel' ? model.threshold : null));
  at('numbers').firstElementChild.textContent = ranked.length > MOST
    ? `The chart as a table, with all ${ranked.length}`
    : 'The chart as a table';
  at('numbers').lastElementChild.replaceChildren(table(
    [model.task === 'multilabel' ? 'Label' : 'Class', 'Probability'],
    ranked.map(([name, value]) => [name, String(Number(value.toPrecision(6)))]), [1]));
}

function words(model, prediction) {
  if (prediction.value !== undefined) {
    return [make('p', {}, model.target), make('p', { class: 'result' }, number(prediction.value))];
  }
  if (prediction.translation !== undefined) {
    return [make('p', { class: 'result' }, prediction.translation || 'An empty text')];
  }
  if (prediction.entities) {
    return labelled(prediction);
  }
  if (prediction.labels) {
    return prediction.labels.length === 0
      ? [make('p', { class: 'result' }, 'No label'), even(model, 'A row has a label')]
      : [make('ul', { class: 'chips' }, ...prediction.labels.map(label => make('li', {}, label))),
        even(model, 'A row has a label')];
  }
  const result = make('p', { class: 'result' }, prediction.label, ' ',
    make('small', {}, 'with a probability of ' + percent(prediction.probability)));
  const moved = model.task === 'binary' && Math.abs(model.threshold - 0.5) > 1e-9;
  return [make('p', {}, model.target), result, moved ? even(model, `It is ${model.classes[1]}`) : null]
    .filter(part => part !== null);
}

/** The entities of a text, or where there are none its tokens with what they are. */
function labelled({ tokens, labels, entities }) {
  const pairs = entities.length > 0
    ? entities.map(entity => [entity.text, entity.type])
    : tokens.flatMap((token, index) => labels[index] === 'O' ? [] : [[token, labels[index]]]);
  return [pairs.length === 0
    ? make('p', { class: 'result' }, 'No entity')
    : make('ul', { class: 'chips' }, ...pairs.map(([text, type]) => make('li', {}, text, ' ', make('small', {}, type))))];
}

const even = (model, what) => make('p', { class: 'muted' }, `${what} from ${percent(model.threshold)} on.`);

function summary(model, ranked) {
  const top = ranked.slice(0, 5).map(([name, value]) => `${name} ${percent(value)}`).join(', ');
  return `Probabilities: ${top}${ranked.length > 5 ? ', and ' + (ranked.length - 5) + ' more' : ''}`;
}
