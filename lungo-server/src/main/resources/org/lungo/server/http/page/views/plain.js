// The answer as it came, for a view that this page does not know.

import { make } from '../dom.js';

export * as form from '../form.js';

export const does = model => model.target === undefined ? 'answers in a form of its own' : `predicts ${model.target}`;

export const draw = (model, instances, predictions) => ({
  said: [make('p', {}, `This page cannot draw the view \u201c${model.view}\u201d. This is the answer as JSON.`)],
  shown: [make('pre', { tabindex: 0, role: 'region', 'aria-label': 'Answer as JSON' },
    JSON.stringify(predictions, null, 2))],
});
