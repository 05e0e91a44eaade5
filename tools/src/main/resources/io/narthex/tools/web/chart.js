// A line with axes, as large as its host.
import uPlot from './uplot.js';
import { colours } from './dom.js';
import { time } from './format.js';

const Y_AXIS = 62;
const RIGHT = 8;

/** Half of what a time takes. */
const HALF_TIME = 26;

export const FONT = '11px system-ui, sans-serif';

/** The axes that all charts have. */
export function axes(format, more = {}) {
  const common = {
    font: FONT,
    stroke: () => colours().text,
    grid: { stroke: () => colours().grid, width: 1 },
    ticks: { show: false },
  };
  return [
    {
      ...common,
      grid: { show: false },
      space: 90,
      size: 24,
      gap: 6,
      values: (plot, splits) => {
        // One at the very end would be cut off.
        const { min, max } = plot.scales.x;
        const last = max - ((max - min) * (HALF_TIME - RIGHT)) / (plot.width - Y_AXIS - RIGHT);
        return splits.map((second) => (second > last ? '' : time(second * 1000)));
      },
    },
    {
      ...common,
      size: Y_AXIS,
      gap: 8,
      space: 32,
      values: (_, splits) => splits.map((value) => (value === null ? '' : format(value))),
      ...more,
    },
  ];
}

/** Times are shown as they are, but never so few that a second is wide; uPlot would make a day of one. */
export function timeRange(plot) {
  const xs = plot.data?.[0] ?? [];
  const now = xs.at(-1) ?? Date.now() / 1000;
  return [Math.min(xs[0] ?? now, now - 30), now];
}

/** Lets a chart be as wide as its host, also when that changes. */
export function fit(plot, host, height) {
  const observer = new ResizeObserver(() => {
    if (host.clientWidth > 0) {
      plot.setSize({ width: host.clientWidth, height });
    }
  });
  observer.observe(host);
  return observer;
}

export class LineChart {
  #plot;
  #observer;

  /** @param told is called with the index that the pointer is at, or null */
  constructor(host, height, { format, fromZero, told }) {
    this.#plot = new uPlot({
      width: Math.max(host.clientWidth, 200),
      height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      axes: axes(format),
      scales: {
        x: { range: timeRange },
        y: {
          range: (_, low, high) => {
            if (low === null || low === undefined) {
              return [0, 1];
            }
            const [from, to] = [fromZero ? 0 : low, high];
            return from === to ? [fromZero ? 0 : from - 1, to + 1] : uPlot.rangeNum(from, to, 0.1, true);
          },
        },
      },
      series: [{}, {
        width: 1.5,
        stroke: () => colours().line,
        fill: () => (fromZero ? colours().fill : 'transparent'),
        points: { show: false },
      }],
      hooks: { setCursor: [(plot) => told(plot.cursor.idx ?? null)] },
    }, [[], []], host);
    this.#observer = fit(this.#plot, host, height);
  }

  show(line) {
    this.#plot.setData(line);
  }

  redraw() {
    this.#plot.redraw();
  }

  destroy() {
    this.#observer.disconnect();
    this.#plot.destroy();
  }
}
