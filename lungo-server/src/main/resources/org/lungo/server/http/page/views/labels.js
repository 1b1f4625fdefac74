// Some of several labels, each with its probability.

import { make } from '../dom.js';
import { from, ranking } from '../ranking.js';

export * as form from '../form.js';

export const does = model => `predicts ${model.target}, any of ${model.classes.length} labels`;

export function draw(model, instances, [{ labels, probabilities }]) {
  return {
    said: [
      labels.length === 0
        ? make('p', { class: 'result' }, 'No label')
        : make('ul', { class: 'chips' }, ...labels.map(label => make('li', {}, label))),
      from(model, 'A row has a label'),
    ],
    shown: ranking('Label', probabilities, labels, model.threshold),
  };
}
