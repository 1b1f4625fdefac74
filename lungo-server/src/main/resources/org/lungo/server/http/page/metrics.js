// Reads the text that Prometheus reads, and what happened between two readings.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([^ ]+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The samples of a text by name: lists of labels and a value. */
export function parse(text) {
  const samples = new Map();
  for (const line of text.split('\n')) {
    const found = line.startsWith('lungo_') ? LINE.exec(line) : null;
    if (!found) {
      continue;
    }
    const labels = {};
    for (const [, name, value] of (found[2] ?? '').matchAll(LABEL)) {
      labels[name] = value.replace(/\\(.)/g, (_, escaped) => escaped === 'n' ? '\n' : escaped);
    }
    const value = found[3] === '+Inf' ? Infinity : Number(found[3]);
    samples.set(found[1], [...samples.get(found[1]) ?? [], { labels, value }]);
  }
  return samples;
}

const rows = (samples, name, model) => (samples.get(name) ?? [])
  .filter(({ labels }) => model === '' || labels.model === undefined || labels.model === model);

/** The sum of all samples of a name, of one model or ('') of all. */
export const total = (samples, name, model) => rows(samples, name, model).reduce((sum, { value }) => sum + value, 0);

/** The sums by another label. */
export function by(samples, name, model, label) {
  const sums = new Map();
  for (const { labels, value } of rows(samples, name, model)) {
    const at = label === 'le' ? (labels.le === '+Inf' ? Infinity : Number(labels.le)) : labels[label];
    sums.set(at, (sums.get(at) ?? 0) + value);
  }
  return sums;
}

/** What a counter grew by; after a restart of the server it counts from nothing. */
export const growth = (before, after) => after >= before ? after - before : after;

/** A quantile of what was measured between two readings, by the rules of histogram_quantile; null of nothing. */
export function quantile(q, before, after, name, model) {
  const earlier = by(before, name + '_bucket', model, 'le');
  const buckets = [...by(after, name + '_bucket', model, 'le')].sort(([a], [b]) => a - b);
  const restarted = buckets.some(([bound, count]) => count < (earlier.get(bound) ?? 0));
  const counts = buckets.map(([bound, count]) => [bound, restarted ? count : count - (earlier.get(bound) ?? 0)]);
  const all = counts.length === 0 ? 0 : counts[counts.length - 1][1];
  if (all === 0) {
    return null;
  }
  const rank = q * all;
  const index = counts.findIndex(([, count]) => count >= rank);
  const [bound, count] = counts[index];
  const [low, below] = index === 0 ? [0, 0] : counts[index - 1];
  return bound === Infinity ? low : low + (bound - low) * (rank - below) / (count - below);
}
