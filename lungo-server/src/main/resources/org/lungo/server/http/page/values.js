// How a value of the data is written in a field, and back.

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
const DAY = 86400;

/** Seconds since 1970 as an ISO date; with the time when it is not midnight. */
export function iso(seconds) {
  const date = new Date(Math.round(seconds * 1000));
  if (Number.isNaN(date.getTime())) {
    return String(seconds);
  }
  const text = date.toISOString().replace('Z', '').replace(/\.000$/, '');
  return seconds % DAY !== 0 ? text : text.slice(0, text.indexOf('T'));
}

/** A value of an example as text. */
export function shown(field, value) {
  if (value === null || value === undefined || value === '') {
    return '';
  }
  return field.kind === 'date' && typeof value === 'number' ? iso(value) : String(value);
}

/** What a field's text is in a request; undefined for a missing value. */
export function sent(field, text) {
  const value = text.trim();
  if (value === '') {
    return undefined;
  }
  if (field.kind === 'number') {
    return NUMBER.test(value) && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  if (field.kind === 'date' && field.format) { // the column's own form of dates is not ISO, seconds always are
    const millis = Date.parse(value.length > 10 ? value + 'Z' : value);
    return Number.isNaN(millis) ? value : millis / 1000;
  }
  return value;
}
