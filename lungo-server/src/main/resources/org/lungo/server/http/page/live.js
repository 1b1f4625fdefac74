// What the server does now: differences of its metrics, every two seconds while somebody looks.

import { ask } from './api.js';
import { draw, lines } from './chart.js';
import { at, make, say, table } from './dom.js';
import { by, growth, parse, quantile, total } from './metrics.js';

const EVERY = 2000;
const SPAN = 300_000;
const WINDOW = 10_000;

const MEANINGS = { 200: 'answered', 400: 'the request was wrong', 401: 'no key, or an unknown one',
  403: 'the key is for something else', 404: 'no such model', 408: 'the request came too slowly', 413: 'too large', 415: 'not JSON', 429: 'the queue was full',
  500: 'a server error', 501: 'not supported yet', 503: 'shutting down', 504: 'the deadline passed' };

let readings = [];
let points = [];
let timer = null;
let asking = false;
let renewed = false;

/** Begins; goes on whenever the tab is looked at. */
export function start() {
  document.addEventListener('visibilitychange', wake);
  at('live-model').addEventListener('change', () => {
    points = [];
    readings.forEach((_, index) => measure(index));
    show();
  });
  wake();
}

/** Looks again, now that there may be another key. */
export function wake() {
  clearTimeout(timer);
  renewed = asking;
  if (document.visibilityState === 'visible' && !asking) {
    poll();
  }
}

/** Which models can be chosen. */
export function models(names) {
  const choice = at('live-model');
  const chosen = choice.value;
  choice.replaceChildren(make('option', { value: '' }, 'all models'),
    ...names.map(name => make('option', { value: name }, name)));
  choice.value = names.includes(chosen) ? chosen : '';
  at('live-choice').hidden = names.length < 2;
}

async function poll() {
  asking = true;
  renewed = false;
  let again = true;
  try {
    const samples = parse(await (await ask('metrics')).text());
    const now = Date.now();
    readings.push({ time: now, samples });
    readings = readings.filter(({ time }) => time >= now - SPAN - WINDOW);
    measure(readings.length - 1);
    say(at('live-note'), 'Updated every two seconds while this tab is visible; latency over the last ten seconds.');
    show();
  } catch (refusal) {
    if (refusal.status === undefined) {
      throw refusal;
    }
    again = refusal.status !== 401 && refusal.status !== 403;
    say(at('live-note'), again ? 'No metrics: ' + refusal.message + '.' : 'A key with the permission metrics is needed.');
  } finally {
    asking = false;
    if ((again || renewed) && document.visibilityState === 'visible') {
      timer = setTimeout(poll, EVERY);
    }
  }
}

/** What happened up to a reading: since the one before, and in the last ten seconds. */
function measure(index) {
  if (index === 0) {
    return;
  }
  const model = at('live-model').value;
  const { time, samples } = readings[index];
  const before = readings[index - 1];
  const window = readings.find(reading => reading.time >= time - WINDOW) ?? before;
  const base = window.time < time ? window : before;
  const count = reading => total(reading.samples, 'lungo_requests_total', model);
  const millis = q => {
    const seconds = quantile(q, base.samples, samples, 'lungo_request_duration_seconds', model);
    return seconds === null ? null : 1000 * seconds;
  };
  const grown = name => growth(total(base.samples, name, model), total(samples, name, model));
  const passes = grown('lungo_batch_size_count');
  points.push({
    time,
    rate: 1000 * growth(count(before), count(readings[index])) / (time - before.time),
    p50: millis(0.5),
    p99: millis(0.99),
    batch: passes === 0 ? null : grown('lungo_batch_size_sum') / passes,
  });
  points = points.filter(point => point.time >= time - SPAN);
}

function show() {
  const latest = readings[readings.length - 1];
  const point = points[points.length - 1];
  if (!latest) {
    return;
  }
  const model = at('live-model').value;
  const gauge = name => String(total(latest.samples, name, model));
  tiles([
    ['Requests per second', digits(point?.rate), ''],
    ['Latency p50', digits(point?.p50), 'ms'],
    ['Latency p99', digits(point?.p99), 'ms'],
    ['Rows per pass', digits(point?.batch), ''],
    ['Waiting', gauge('lungo_queue_depth'), ''],
    ['In progress', gauge('lungo_inflight'), ''],
  ]);
  codes(latest.samples, model);
  charts(latest.time);
}

const digits = value => value === null || value === undefined ? '–' : value.toFixed(value < 10 && value > 0 ? 1 : 0);

function tiles(values) {
  const place = at('tiles');
  if (place.children.length === 0) {
    place.append(...values.map(([name]) => make('div', {}, make('dt', {}, name),
      make('dd', {}, make('span', {}), ' ', make('small', {})))));
  }
  values.forEach(([, value, unit], index) => {
    const [text, small] = place.children[index].lastElementChild.children;
    say(text, value);
    say(small, value === '–' ? '' : unit);
  });
}

function codes(samples, model) {
  const now = by(samples, 'lungo_requests_total', model, 'code');
  const first = by(readings[0].samples, 'lungo_requests_total', model, 'code');
  const rows = [...now].sort(([a], [b]) => a - b).map(([code, count]) => [
    code, MEANINGS[code] ?? '', String(growth(first.get(code) ?? 0, count)), String(count)]);
  const text = JSON.stringify(rows);
  if (at('codes').dataset.shown !== text) {
    at('codes').dataset.shown = text;
    at('codes').replaceChildren(rows.length === 0
      ? make('p', { class: 'muted' }, 'No requests yet.')
      : table(['Code', 'Meaning', 'Since you opened this page', 'Since the server started'], rows, [2, 3]));
  }
}

function charts(now) {
  const of = name => points.map(point => [point.time, point[name]]);
  const highest = name => digits(Math.max(0, ...points.map(point => point[name] ?? 0)));
  const last = points[points.length - 1];
  label('rate-chart', `Requests per second: ${digits(last?.rate)} now, ${highest('rate')} at most`);
  label('latency-chart', `Latency in milliseconds: p50 ${digits(last?.p50)} now, ${highest('p50')} at most;`
    + ` p99 ${digits(last?.p99)} now, ${highest('p99')} at most`);
  draw(at('rate-chart'), lines([['requests per second', of('rate')]], now, SPAN));
  draw(at('latency-chart'), lines([['p50', of('p50')], ['p99', of('p99')]], now, SPAN));
}

const label = (id, text) => at(id).setAttribute('aria-label', text);
