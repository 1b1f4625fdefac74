// A row as a form: one field for each column of a model.

import { at, make } from './dom.js';
import { sent, shown } from './values.js';

const FEW = 12;
const DAY = 86400;

let columns = [];

/** Where this form stands in the page. */
export const place = 'ask';

const isText = ({ features }) => features.length === 1 && features[0].kind === 'text';

export const title = model => isText(model) ? 'Try a text' : 'Try a row';

/** Whether a model has columns to tell of; those of a text are all in the form. */
export const hasColumns = model => !isText(model);

export const note = model => isText(model) ? '' : 'An empty field is a missing value.';

export const action = 'Predict';

/** Builds the fields of a model; what was typed into fields of the same name before is kept when {@code keep}. */
export function build(model, keep) {
  const typed = keep ? new Map(columns.map(column => [column.field.name, column.input.value])) : new Map();
  columns = model.features.map((field, index) => {
    const id = 'field-' + index;
    const input = control(field, model);
    input.id = id;
    input.setAttribute('aria-describedby', id + '-error');
    const error = make('p', { id: id + '-error', class: 'error' });
    return { field, input, error, choices: suggestions(input, model.choices[field.name]) };
  });
  at('fields').replaceChildren(...columns.map(({ field, input, error, choices }) => make('div', { class: 'field' },
    make('label', { for: input.id }, field.name, field.name === field.kind ? null : make('span', {}, unit(field, input))),
    input, choices, error)));
  const rows = model.examples;
  const full = rows.flatMap((row, index) => Object.keys(row).length === 0 ? [] : [index]);
  at('example').replaceChildren(
    ...full.map(index => make('option', { value: index }, 'example ' + (index + 1))),
    make('option', { value: '' }, 'nothing'));
  if (typed.size > 0) {
    columns.forEach(({ field, input }) => write(input, typed.get(field.name) ?? ''));
  } else {
    fill(model, 0);
  }
}

function unit(field, input) {
  return input.type === 'datetime-local' ? 'date and time' : field.kind;
}

function control(field, model) {
  const choices = model.choices[field.name];
  if (field.kind === 'date') {
    const times = model.examples.some(row => typeof row[field.name] === 'number' && row[field.name] % DAY !== 0);
    return times
      ? make('input', { type: 'datetime-local', step: 'any', max: '9999-12-31T23:59:59' })
      : make('input', { type: 'date', max: '9999-12-31' });
  }
  if (field.kind === 'text') {
    return make('textarea', { rows: 4, spellcheck: 'false' });
  }
  if (choices && choices.length <= FEW) {
    return make('select', {}, make('option', { value: '' }, '(missing)'), ...choices.map(option));
  }
  return make('input', {
    type: 'text',
    inputmode: field.kind === 'number' ? 'decimal' : null,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
  });
}

/** Choices that are too many for a select, for those who type. */
function suggestions(input, choices) {
  if (!choices || input.type !== 'text') {
    return null;
  }
  input.setAttribute('list', input.id + '-choices');
  return make('datalist', { id: input.id + '-choices' }, ...choices.map(value => make('option', { value })));
}

const option = choice => make('option', { value: choice }, choice);

function write(input, text) {
  if (input.type === 'select-one' && ![...input.options].some(one => one.value === text)) {
    input.append(option(text)); // a value that was rare in training is not among the choices
  }
  input.value = input.type === 'datetime-local' && text.length === 10 ? text + 'T00:00' : text;
}

/** Fills the form from one of the model's examples, or with nothing. */
export function fill(model, choice) {
  const example = model.examples[choice] ?? {};
  columns.forEach(({ field, input }) => write(input, shown(field, example[field.name])));
  forgive();
}

/** The request that the form stands for. */
export const request = ({ path }) => ({ path: path + ':predict', body: { instances: [row()] } });

/** The row; missing values are left out. */
function row() {
  const values = {};
  for (const { field, input } of columns) {
    const value = sent(field, input.value);
    if (value !== undefined) {
      values[field.name] = value;
    }
  }
  return values;
}

/** Takes away the errors of all fields, or of one. */
export function forgive(only = null) {
  at('row-error').textContent = '';
  for (const { input, error } of columns) {
    if (only === null || only === input) {
      input.removeAttribute('aria-invalid');
      error.textContent = '';
    }
  }
}

/** Shows what the server says at the field it names, or below the form when it names none. */
export function blame(message) {
  const named = columns
    .filter(({ field }) => message.includes(`column '${field.name}'`) || message.includes(`field '${field.name}'`))
    .sort((a, b) => b.field.name.length - a.field.name.length)[0];
  if (named) {
    mark(named, message.replace(/^row \d+: /, '').replace(/^(column|field) '.*?' must/, 'This must'));
  } else {
    at('row-error').textContent = message;
  }
}

/** Shows dates that are half filled in, which a browser gives as empty; true when there is one. */
export function unfinished() {
  const half = columns.find(({ input }) => input.validity.badInput);
  if (half) {
    mark(half, 'This must be a whole date, or empty.');
  }
  return half !== undefined;
}

function mark({ input, error }, message) {
  input.setAttribute('aria-invalid', 'true');
  error.textContent = message;
  input.focus();
}
