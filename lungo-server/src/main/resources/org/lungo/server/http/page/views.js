// How answers are drawn: one module for each view that a model can have (org.lungo.deploy.serving.Form.View).
//
// A view has `does`, what a model does in a few words; `form`, which sends the request (form.js, texts.js or talk.js);
// `draw`, which turns predictions into elements: `said` is read out, `shown` stands below it. It may have `wide`, when
// the answer needs the width of the page, `action`, the word on the button for a model, and `passes`, how requests share
// passes.
//
// A form has `place`, where it stands in the page; `build`, `request` and `title` of a model; and `hasColumns`, whether
// the model's columns and examples are listed below. What else it may have, page.js asks for.

import * as oneOf from './views/class.js';
import * as labels from './views/labels.js';
import * as plain from './views/plain.js';
import * as similarity from './views/similarity.js';
import * as spans from './views/spans.js';
import * as text from './views/text.js';
import * as value from './views/value.js';
import * as writing from './views/writing.js';

/** The views by name. */
export const VIEWS = new Map(Object.entries({ class: oneOf, labels, value, spans, text, writing, similarity }));

/** The view of a model; one that this page does not know is shown as JSON. */
export const viewOf = model => VIEWS.get(model.view) ?? plain;
