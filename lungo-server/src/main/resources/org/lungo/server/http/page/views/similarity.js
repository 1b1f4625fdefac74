// How near texts are to each other: the cosines of the angles between their vectors, as a heat map.

import { make } from '../dom.js';

export * as form from '../texts.js';

const COLDEST = 6; // percent of the accent's colour
const WARMEST = 42; // numbers stay readable on it
const NOTE = 'heat-note';
const LONG = 60;

export const wide = true;

export const does = () => 'compares texts';

export const passes = () => 'One text per pass';

export function draw(model, instances, predictions) {
  const texts = instances.map(instance => instance[model.features[0].name]);
  const vectors = predictions.map(prediction => Object.values(prediction).find(Array.isArray));
  const cosines = vectors.map(a => vectors.map(b => cosine(a, b)));
  const pairs = texts.flatMap((_, i) => texts.slice(i + 1).map((_, j) => ({ a: i, b: i + 1 + j })))
    .map(({ a, b }) => ({ a, b, value: cosines[a][b] }))
    .sort((one, other) => other.value - one.value);
  const [most, least] = [pairs[0], pairs[pairs.length - 1]];
  const said = ({ a, b, value }) => [make('strong', {}, value.toFixed(3)),
    ` between ${a + 1}, ${short(texts[a])}, and ${b + 1}, ${short(texts[b])}.`];
  return {
    said: pairs.length === 1
      ? [make('p', {}, 'Cosine similarity: ', ...said(most))]
      : [make('p', {}, 'Most similar: ', ...said(most)), make('p', {}, 'Least similar: ', ...said(least))],
    shown: [make('p', { id: NOTE, class: 'muted' }, 'The cosine similarity of each pair of texts: 1 is the highest, -1 the '
      + 'lowest. The stronger the colour, the more similar the pair is among those here.'),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of similarities' },
      heatMap(texts, cosines, least.value, most.value))],
  };
}

/** The cosine of the angle between two vectors; 0 when one has no length. */
export function cosine(a, b) {
  const dot = (x, y) => x.reduce((sum, value, index) => sum + value * y[index], 0);
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}

const short = text => '\u201c' + (text.length > LONG ? text.slice(0, LONG) + '\u2026' : text) + '\u201d';

function heatMap(texts, cosines, least, most) {
  const cell = (value, row, column) => {
    const element = make('td', { class: row === column ? 'number self' : 'number' }, value.toFixed(3));
    if (row !== column) {
      const share = most > least ? (value - least) / (most - least) : 0.5;
      element.style.setProperty('--heat', Math.round(COLDEST + share * (WARMEST - COLDEST)) + '%');
    }
    return element;
  };
  return make('table', { class: 'heat', 'aria-describedby': NOTE },
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'Text'),
      ...texts.map((text, index) => make('th', { scope: 'col', class: 'number', title: text }, String(index + 1))))),
    make('tbody', {}, ...texts.map((text, row) => make('tr', {},
      make('th', { scope: 'row' }, make('span', { class: 'muted' }, String(row + 1)), ' ', text),
      ...cosines[row].map((value, column) => cell(value, row, column))))));
}
