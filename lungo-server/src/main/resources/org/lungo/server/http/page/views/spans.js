// Parts of a text, each marked with its label.

import { make, table } from '../dom.js';

export * as form from '../form.js';

const HUES = 6;

export const action = () => 'Label';

export const does = model => `finds ${model.target ?? 'labelled parts'} in texts`;

export function draw(model, [instance], [prediction]) {
  const text = instance[model.features[0].name];
  const spans = prediction.entities.length > 0 ? prediction.entities : labelled(text, prediction);
  const known = (model.classes ?? []).map(bare);
  const types = [...new Set([...known, ...spans.map(span => span.type)])].filter(type => type !== 'O');
  const hue = type => 'hue hue-' + types.indexOf(type) % HUES;
  const found = types.map(type => [type, spans.filter(span => span.type === type).length]).filter(([, count]) => count > 0);
  const said = make('p', {}, found.length === 0
    ? 'Nothing was found in this text.'
    : `Found: ${found.map(([type, count]) => `${count} ${type}`).join(', ')}.`);
  return {
    said: [said],
    shown: found.length === 0 ? [] : [
      make('p', { class: 'marked' }, ...marked(text, spans, hue)),
      make('ul', { class: 'legend', 'aria-label': 'Legend' }, ...found.map(([type]) =>
        make('li', {}, make('span', { class: 'swatch ' + hue(type) }), type))),
      make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of what was found' },
        table(['Text', 'Label', 'Characters'], spans.map(({ text: part, type, start, end }) =>
          [part, type, `${start} to ${end}`]), [2])),
    ],
  };
}

/** A label without its place in an entity: PER of B-PER. */
const bare = label => label.replace(/^[BIESLU]-/, '');

/** The tokens that have a label, where no entities are told, such as parts of speech. */
function labelled(text, { tokens, labels }) {
  let end = 0;
  return tokens.flatMap((token, index) => {
    const start = text.indexOf(token, end);
    if (start < 0) {
      return [];
    }
    end = start + token.length;
    return labels[index] === 'O' ? [] : [{ text: token, type: labels[index], start, end }];
  });
}

function marked(text, spans, hue) {
  const parts = [];
  let end = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start >= end) {
      parts.push(text.slice(end, span.start),
        make('mark', { class: hue(span.type) }, text.slice(span.start, span.end), '\u00a0', make('small', {}, span.type)));
      end = span.end;
    }
  }
  return [...parts, text.slice(end)];
}
