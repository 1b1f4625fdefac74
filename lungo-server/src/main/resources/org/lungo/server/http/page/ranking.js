// Probabilities, the highest first: a chart, and the same as a table.

import { bars, draw } from './chart.js';
import { make, percent, table } from './dom.js';

const MOST = 20;
const BAR = 34;

// Kept from answer to answer, so that bars grow and shrink, and an open table stays open.
const chart = make('div', { id: 'bars', class: 'bars', role: 'img' });
const summary = make('summary', {});
const rows = make('div', {});
const numbers = make('details', { id: 'numbers' }, summary, rows);

/** The elements for probabilities by name; {@code chosen} are filled, {@code line} is where a name begins to count. */
export function ranking(kind, probabilities, chosen, line) {
  const ranked = Object.entries(probabilities).sort((a, b) => b[1] - a[1]);
  const top = ranked.slice(0, MOST);
  chart.style.height = 12 + top.length * BAR + 'px';
  chart.setAttribute('aria-label', inWords(ranked));
  draw(chart, bars(top, chosen, line));
  summary.textContent = ranked.length > MOST
    ? `The chart as a table, with all ${ranked.length}`
    : 'The chart as a table';
  rows.replaceChildren(table([kind, 'Probability'],
    ranked.map(([name, value]) => [name, String(Number(value.toPrecision(6)))]), [1]));
  return [chart, numbers];
}

/** Says from which probability on something holds. */
export const from = (model, what) => make('p', { class: 'muted' }, `${what} at a probability of ${percent(model.threshold)} or more.`);

function inWords(ranked) {
  const top = ranked.slice(0, 5).map(([name, value]) => `${name} ${percent(value)}`).join(', ');
  return `Probabilities: ${top}${ranked.length > 5 ? ', and ' + (ranked.length - 5) + ' more' : ''}`;
}
