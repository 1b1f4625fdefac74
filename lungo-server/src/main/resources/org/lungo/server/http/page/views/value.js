// A number.

import { make, number } from '../dom.js';

export * as form from '../form.js';

export const does = model => `predicts ${model.target}, a number`;

export const draw = (model, instances, [{ value }]) => ({
  said: [make('p', {}, model.target), make('p', { class: 'result' }, number(value))],
  shown: [],
});
