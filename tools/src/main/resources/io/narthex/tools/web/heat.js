// A histogram over time: how often each bucket was hit, and three percentiles on top of it.
import uPlot from './uplot.js';
import { axes, fit, timeRange } from './chart.js';
import { colours } from './dom.js';
import { between, quantile } from './quantile.js';

/** Percentiles are of the last readings, so that they do not flicker. */
const SMOOTH_SECONDS = 10;

const QUANTILES = [0.5, 0.9, 0.99];

/** What there is to draw of a histogram. */
export function history(store, series) {
  const ring = series.bucketRing ?? [];
  const slots = store.slots();
  const xs = slots.map((slot) => store.times[slot]);
  const cells = new Array(slots.length).fill(null);
  const lines = QUANTILES.map(() => new Array(slots.length).fill(null));
  const found = new Array(slots.length).fill(null);
  let from = 0;
  for (let i = 1; i < slots.length; i++) {
    const counts = between(ring[slots[i - 1]], ring[slots[i]]);
    const passed = xs[i] - xs[i - 1];
    cells[i] = counts?.map((count) => count / passed) ?? null;
    while (xs[i] - xs[from] > SMOOTH_SECONDS || (from < i && !ring[slots[from]])) {
      from++;
    }
    const smooth = from < i ? between(ring[slots[from]], ring[slots[i]]) : null;
    if (smooth) {
      found[i] = QUANTILES.map((q) => quantile(q, smooth, series.family.bounds));
      found[i].forEach((one, q) => {
        lines[q][i] = one?.place ?? null;
      });
    }
  }
  return { xs, cells, lines, found };
}

/** The buckets that are worth showing: those that were hit, and one more on either side. */
function inSight(buckets) {
  let low = buckets.findIndex((count) => count > 0);
  let high = buckets.findLastIndex((count) => count > 0);
  if (low < 0) {
    low = 0;
    high = buckets.length - 1;
  }
  return [Math.max(0, low - 1), Math.min(buckets.length, high + 2)];
}

export class HeatChart {
  #plot;
  #observer;
  #cells = [];
  #range = [0, 1];

  /** @param told is called with the index that the pointer is at, or null */
  constructor(host, height, { bounds, format, told }) {
    const edge = (place) => (place <= 0 ? '' : place > bounds.length ? '+Inf' : format(bounds[place - 1]));
    const line = (name, width, dash) => ({
      width,
      dash,
      stroke: () => colours()[name],
      points: { show: false },
    });
    // Each line has a paler one below it, so that it is seen on dark cells too.
    const halos = QUANTILES.map(() => line('halo', 3.5));
    this.#plot = new uPlot({
      width: Math.max(host.clientWidth, 200),
      height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      axes: axes(edge, {
        grid: { show: false },
        splits: () => this.#splits(height),
      }),
      scales: { x: { range: timeRange }, y: { range: () => this.#range } },
      series: [{}, ...halos, line('p50', 1.5, [4, 3]), line('p90', 1.5), line('p99', 1.75)],
      hooks: {
        drawClear: [(plot) => this.#paint(plot)],
        setCursor: [(plot) => told(plot.cursor.idx ?? null)],
      },
    }, [[], ...halos.map(() => []), ...halos.map(() => [])], host);
    this.#observer = fit(this.#plot, host, height);
  }

  show({ xs, cells, lines }, buckets) {
    this.#cells = cells;
    this.#range = inSight(buckets);
    this.#plot.setData([xs, ...lines, ...lines]);
  }

  redraw() {
    this.#plot.redraw();
  }

  destroy() {
    this.#observer.disconnect();
    this.#plot.destroy();
  }

  /** The edges of buckets that have room for their bound. */
  #splits(height) {
    const [low, high] = this.#range;
    const step = Math.max(1, Math.ceil((high - low) / (height / 22)));
    const splits = [];
    for (let place = low; place <= high; place++) {
      if ((high - place) % step === 0) {
        splits.push(place);
      }
    }
    return splits;
  }

  #paint(plot) {
    const xs = plot.data[0];
    const [low, high] = this.#range;
    let most = 0;
    for (const cell of this.#cells) {
      for (const count of cell ?? []) {
        most = Math.max(most, count);
      }
    }
    if (most === 0) {
      return;
    }
    const { ctx } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
    ctx.clip();
    ctx.fillStyle = colours().heat;
    for (let i = 1; i < xs.length; i++) {
      const left = Math.round(plot.valToPos(xs[i - 1], 'x', true));
      const right = Math.round(plot.valToPos(xs[i], 'x', true));
      for (let bucket = low; bucket < high; bucket++) {
        const count = this.#cells[i]?.[bucket] ?? 0;
        if (count > 0) {
          const bottom = Math.round(plot.valToPos(bucket, 'y', true));
          const top = Math.round(plot.valToPos(bucket + 1, 'y', true));
          // By the root: few slow ones among many fast ones are what one looks for.
          ctx.globalAlpha = 0.1 + 0.9 * Math.sqrt(count / most);
          ctx.fillRect(left, top, right - left, bottom - top - 1);
        }
      }
    }
    ctx.restore();
  }
}
