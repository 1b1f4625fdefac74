// One class of several, with probabilities.

import { make, percent } from '../dom.js';
import { from, ranking } from '../ranking.js';

export * as form from '../form.js';

export const does = model => `predicts ${model.target}, one of ${model.classes.length} classes`;

export function draw(model, instances, [{ label, probability, probabilities }]) {
  const moved = model.classes.length === 2 && Math.abs(model.threshold - 0.5) > 1e-9;
  return {
    said: [
      make('p', {}, model.target),
      make('p', { class: 'result' }, label, ' ', make('small', {}, 'with a probability of ' + percent(probability))),
      moved ? from(model, `It is ${model.classes[1]}`) : null,
    ],
    shown: ranking('Class', probabilities, [label], null),
  };
}
