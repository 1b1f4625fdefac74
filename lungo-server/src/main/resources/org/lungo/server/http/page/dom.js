// Small pieces that all parts of the page use.

/** The element with an id. */
export const at = id => document.getElementById(id);

/** A new element: its attributes, then its children. Texts stay texts, whatever they hold. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** Changes a text only if it differs, so that a screen reader hears changes only. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A table of texts or elements; columns in {@code numbers} are set to the right. */
export function table(heads, rows, numbers = []) {
  const kind = index => ({ class: numbers.includes(index) ? 'number' : null });
  return make('table', {},
    make('thead', {}, make('tr', {}, ...heads.map((head, i) => make('th', { scope: 'col', ...kind(i) }, head)))),
    make('tbody', {}, ...rows.map(row => make('tr', {}, ...row.map((cell, i) => i === 0
      ? make('th', { scope: 'row', ...kind(i) }, cell)
      : make('td', kind(i), cell))))));
}

/** A number with as many digits as one can read; a whole one has all of them. */
export function number(value) {
  const size = Math.abs(value);
  if (size >= 1e15 || (value !== 0 && size < 1e-6)) {
    return value.toExponential(4);
  }
  return Number.isInteger(value) ? String(value) : String(Number(size >= 1e5 ? value.toFixed(1) : value.toPrecision(6)));
}

/** A probability; what is not certain is never shown as 0 % or 100 %. */
export function percent(value) {
  const text = (100 * value).toFixed(1);
  if (text === '100.0' && value < 1) {
    return '> 99.9 %';
  }
  return text === '0.0' && value > 0 ? '< 0.1 %' : text + ' %';
}

/** How long ago, in words. */
export function ago(time) {
  const seconds = Math.max(0, (Date.now() - time) / 1000);
  const steps = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [Infinity, 'day', 86400]];
  const [, unit, size] = steps.find(([below]) => seconds < below);
  const count = Math.floor(seconds / size);
  return seconds < 5 ? 'just now' : `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
