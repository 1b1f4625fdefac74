// A text for each text, side by side.

import { make } from '../dom.js';

export * as form from '../form.js';

export const action = model => model.target === 'translation' ? 'Translate' : 'Answer';

export const does = model => `text in, ${model.target ?? 'text'} out`;

export function draw(model, [instance], [prediction]) {
  const source = model.features[0].name;
  const answer = prediction[model.target] ?? Object.values(prediction).find(value => typeof value === 'string') ?? '';
  return {
    said: [
      make('dl', { class: 'pair' },
        make('div', {}, make('dt', {}, source), make('dd', {}, instance[source])),
        make('div', {}, make('dt', {}, model.target ?? 'answer'),
          make('dd', { class: 'result' }, answer || make('span', { class: 'missing' }, 'an empty text')))),
      prediction.ended === false ? make('p', {}, 'It was cut: it reached the maximum length.') : null,
    ],
    shown: [],
  };
}
