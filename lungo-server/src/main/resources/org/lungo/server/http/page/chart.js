// Charts by ECharts in the page's colours; it is loaded when the first chart is drawn.

import { percent } from './dom.js';

const STILL = matchMedia('(prefers-reduced-motion: reduce)');
const DARK = matchMedia('(prefers-color-scheme: dark)');

let library = null;
const drawn = new Map();

function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = 'echarts.js';
    script.onload = () => resolve(globalThis.echarts);
    script.onerror = () => reject(new Error('the charts could not be loaded'));
    document.head.append(script);
  });
  return library;
}

/** Draws what {@code options} gives for the colours of now; again when the page's size or colours change. */
export async function draw(place, options) {
  drawn.set(place, options);
  const echarts = await load();
  if (drawn.get(place) === options && place.isConnected) {
    paint(echarts, place, options);
  }
}

function paint(echarts, place, options) {
  let chart = echarts.getInstanceByDom(place);
  if (!chart) {
    chart = echarts.init(place, null, { renderer: 'svg' });
    new ResizeObserver(() => chart.resize()).observe(place);
  }
  chart.resize();
  chart.setOption({ animation: !STILL.matches, animationDuration: 200, textStyle: { fontFamily: 'inherit' },
    ...options(colours()) }, { notMerge: true });
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue('--' + name).trim();
  return { ink: colour('ink'), muted: colour('muted'), line: colour('line'), surface: colour('surface'),
    accent: colour('accent'), second: colour('second') };
}

DARK.addEventListener('change', async () => {
  if (library) {
    const echarts = await library;
    drawn.forEach((options, place) => place.isConnected && paint(echarts, place, options));
  }
});

/** Horizontal bars of probabilities, the first on top; those in {@code chosen} are filled, {@code from} is a line. */
export const bars = (entries, chosen, from) => ({ ink, muted, line, accent, surface }) => ({
  grid: { left: 8, right: 60, top: 4, bottom: 4, containLabel: true },
  xAxis: { type: 'value', min: 0, max: 1, axisLabel: { show: false }, splitLine: { show: false } },
  yAxis: { type: 'category', inverse: true, data: entries.map(([name]) => name), axisTick: { show: false },
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: ink, fontSize: 13, width: 130, overflow: 'truncate', interval: 0 } },
  series: [{
    type: 'bar',
    barMaxWidth: 22,
    data: entries.map(([name, value]) => ({ value, itemStyle: chosen.includes(name)
      ? { color: accent, borderRadius: 3 }
      : { color: surface, borderColor: muted, borderWidth: 1, borderRadius: 3 } })),
    label: { show: true, position: 'right', color: ink, fontSize: 13, backgroundColor: surface, padding: [1, 3],
      formatter: ({ value }) => percent(value) },
    markLine: from === null ? undefined : { z: 1, silent: true, symbol: 'none', label: { show: false },
      lineStyle: { color: muted, type: 'dashed' }, data: [{ xAxis: from }] },
  }],
});

/** Lines over time; {@code series} are [name, [[time, value], ...]], the latest value in all of {@code span} millis. */
export const lines = (series, now, span) => ({ ink, muted, line, accent, second, surface }) => ({
  animation: false,
  color: [accent, second],
  grid: { left: 8, right: 28, top: series.length > 1 ? 32 : 16, bottom: 8, containLabel: true },
  legend: { show: series.length > 1, right: 8, top: 2, textStyle: { color: ink }, itemHeight: 8, icon: 'roundRect' },
  tooltip: { trigger: 'axis', backgroundColor: surface, borderColor: line, textStyle: { color: ink } },
  xAxis: { type: 'time', min: now - span, max: now, axisLine: { lineStyle: { color: line } },
    axisLabel: { color: muted, hideOverlap: true, formatter: '{HH}:{mm}' }, minInterval: 60_000 },
  yAxis: { type: 'value', min: 0, minInterval: 0, splitNumber: 3, axisLabel: { color: muted },
    splitLine: { lineStyle: { color: line } } },
  series: series.map(([name, data], index) => ({ name, type: 'line', symbol: 'circle', symbolSize: 3, data,
    lineStyle: { width: 2, type: index === 0 ? 'solid' : 'dashed' } })),
});
