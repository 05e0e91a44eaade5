// One series, in full.
import { HeatChart, history } from './heat.js';
import { LineChart } from './chart.js';
import { el, setText } from './dom.js';
import { bound, compact, measured, number, perSecond, time, unitOf } from './format.js';
import { labelNodes, shownValue } from './list.js';
import { quantile, recent, total } from './quantile.js';

const WINDOW_SECONDS = 60;
const HEIGHT = 190;
const HEAT_HEIGHT = 250;

function tile(name) {
  const value = el('strong', 'figure', '–');
  return { node: el('div', 'tile', el('span', 'what', name), value), value };
}

function chartBox(title, ...legend) {
  const readout = el('span', 'readout');
  const host = el('div', 'chart');
  host.setAttribute('role', 'img');
  const node = el('figure', 'box', el('figcaption', '', el('span', 'title', title), ...legend, readout), host);
  /** For those who do not see it: what it shows, as of its last point. */
  const describe = (text) => host.setAttribute('aria-label', `${title}: ${text}`);
  return { node, host, readout, describe };
}

/** The last point of a line in words. */
function lastOf([xs, ys], format) {
  const at = ys.findLastIndex((value) => value !== null);
  return at < 0 ? 'nothing yet' : `${format(ys[at])} at ${time(xs[at] * 1000)}`;
}

function key(name) {
  return el('span', `key ${name}`, name);
}

export class Detail {
  #series = null;
  #parts = null;

  constructor(host, store, closed) {
    this.host = host;
    this.store = store;
    this.closed = closed;
  }

  get series() {
    return this.#series;
  }

  open(series) {
    this.#clear();
    this.#series = series;
    this.host.setAttribute('aria-label', `${series.family.sample} ${series.labelText}`.trim());
    this.host.hidden = false;
    this.store.watch(series);
    this.store.watchBuckets(series);
    this.#build(series);
    this.refresh();
    this.host.scrollTop = 0;
  }

  close() {
    this.#clear();
    this.#series = null;
    this.host.hidden = true;
  }

  /** Says that the series is not there any more, and leaves it as it was last. */
  lose() {
    if (this.#parts) {
      this.#parts.gone.hidden = false;
      this.#parts.refresh = () => {};
    }
  }

  /** Moves the focus into it. */
  focus() {
    this.host.querySelector('.close').focus();
  }

  /** Whether it lies above all else, as a dialog, and not beside the list. */
  set modal(value) {
    this.host.setAttribute('role', value ? 'dialog' : 'complementary');
    if (value) {
      this.host.setAttribute('aria-modal', 'true');
    } else {
      this.host.removeAttribute('aria-modal');
    }
  }

  redraw() {
    this.#parts?.charts.forEach((chart) => chart.redraw());
  }

  #clear() {
    this.#parts?.charts.forEach((chart) => chart.destroy());
    this.#parts = null;
    this.host.replaceChildren();
  }

  #build(series) {
    const { family } = series;
    const close = el('button', 'icon close', '×');
    close.type = 'button';
    close.setAttribute('aria-label', 'Close');
    close.addEventListener('click', () => this.closed());
    const gone = el('p', 'notice', 'This series is gone; these are its last numbers.');
    gone.hidden = true;
    const labels = el('div', 'all-labels', ...labelNodes(series.labels));
    const sheet = el('div', 'sheet');
    this.host.append(
      el('header', 'title', el('div', '', el('h2', 'name', family.sample), el('p', 'kind', kindOf(family))), close),
      el('p', 'help', family.help),
      labels,
      gone,
      sheet);
    this.#parts = { gone, charts: [], tiles: {}, refresh: () => {} };
    if (family.type === 'histogram') {
      this.#buildHistogram(series, sheet);
    } else if (family.type === 'info') {
      sheet.append(el('p', 'help', 'What it tells stands in its labels; it is there while its process lives.'));
    } else {
      this.#buildLine(series, sheet);
    }
  }

  #tiles(sheet, names) {
    const row = el('div', 'tiles');
    for (const name of names) {
      const one = tile(name);
      this.#parts.tiles[name] = one.value;
      row.append(one.node);
    }
    sheet.append(row);
  }

  #line(sheet, title, format, fromZero) {
    const box = chartBox(title);
    sheet.append(box.node);
    let line = [[], []];
    let at = null;
    const tell = () => {
      const value = at === null ? null : line[1][at];
      setText(box.readout, value === null || value === undefined ? '' : `${time(line[0][at] * 1000)}  ${format(value)}`);
    };
    const chart = new LineChart(box.host, HEIGHT, {
      format,
      fromZero,
      told: (index) => {
        at = index;
        tell();
      },
    });
    this.#parts.charts.push(chart);
    return (next) => {
      line = next;
      chart.show(line);
      box.describe(lastOf(line, format));
      tell();
    };
  }

  #buildLine(series, sheet) {
    const { family } = series;
    const unit = unitOf(family);
    const { store } = this;
    if (family.type === 'summary') {
      this.#tiles(sheet, ['Count', 'Rate', 'Mean', 'Sum']);
    } else {
      this.#tiles(sheet, series.grows ? ['Value', 'Rate'] : ['Value', 'Lowest', 'Highest']);
    }
    const format = series.grows
      ? (value) => perSecond(value, series.isDistribution ? '' : unit)
      : (value) => (family.type === 'stateset' ? family.states[value - 1] ?? '' : measured(value, unit));
    const draw = this.#line(sheet, series.grows ? 'Rate' : 'Value', format, series.grows);
    this.#parts.refresh = () => {
      const line = store.line(series);
      const { tiles } = this.#parts;
      draw(line);
      if (family.type === 'summary') {
        setText(tiles.Count, series.value < 1e7 ? number(series.value) : compact(series.value));
        setText(tiles.Rate, perSecond(store.rate(series), ''));
        setText(tiles.Mean, series.value > 0 ? measured(series.sum / series.value, unit) : '–');
        setText(tiles.Sum, measured(series.sum, unit));
        return;
      }
      setText(tiles.Value, shownValue(store, series));
      if (series.grows) {
        setText(tiles.Rate, perSecond(store.rate(series), unit));
      } else {
        const known = line[1].filter((value) => value !== null);
        setText(tiles.Lowest, known.length > 0 ? format(Math.min(...known)) : '–');
        setText(tiles.Highest, known.length > 0 ? format(Math.max(...known)) : '–');
      }
    };
  }

  #buildHistogram(series, sheet) {
    const { family } = series;
    const { store } = this;
    const unit = unitOf(family);
    const format = (value) => measured(value, unit);
    this.#tiles(sheet, ['p50', 'p90', 'p99', 'Mean', 'Rate', 'Count']);
    const since = el('p', 'hint');
    const box = chartBox('Buckets over time', key('p50'), key('p90'), key('p99'));
    sheet.append(since, box.node);
    let shown = null;
    let at = null;
    const tell = () => {
      const found = at === null ? null : shown?.found[at];
      setText(box.readout, found ? `${time(shown.xs[at] * 1000)}  ${found.map((one) => one ? format(one.value) : '–').join('  ')}` : '');
    };
    const heat = new HeatChart(box.host, HEAT_HEIGHT, {
      bounds: family.bounds,
      format: (value) => bound(value, unit),
      told: (index) => {
        at = index;
        tell();
      },
    });
    this.#parts.charts.push(heat);
    const draw = this.#line(sheet, 'Observations', (value) => perSecond(value, ''), true);
    const bars = el('div', 'bars');
    sheet.append(el('h3', '', 'Buckets, since the beginning'), bars);
    const rows = series.buckets.map((_, i) => {
      const bar = el('span', 'fill');
      const count = el('span', 'num');
      const le = i < family.bounds.length ? `≤ ${bound(family.bounds[i], unit)}` : 'more';
      bars.append(el('div', 'bucket', el('span', 'num le', le), el('span', 'track', bar), count));
      return { bar, count };
    });
    this.#parts.refresh = () => {
      const { tiles } = this.#parts;
      const { counts, always } = recent(store, series, WINDOW_SECONDS);
      for (const [name, q] of [['p50', 0.5], ['p90', 0.9], ['p99', 0.99]]) {
        const one = quantile(q, counts, family.bounds);
        setText(tiles[name], one === null ? '–' : `${one.beyond ? '> ' : ''}${format(one.value)}`);
      }
      setText(since, total(counts) === 0 ? 'Nothing was observed yet.'
        : always ? 'Percentiles since the beginning, as nothing came of late.'
          : `Percentiles of the last minute, from ${compact(total(counts))} observations.`);
      setText(tiles.Mean, series.value > 0 ? format(series.sum / series.value) : '–');
      setText(tiles.Rate, perSecond(store.rate(series), ''));
      setText(tiles.Count, series.value < 1e7 ? number(series.value) : compact(series.value));
      shown = history(store, series);
      heat.show(shown, series.buckets);
      const last = shown.found.findLast((one) => one?.[0]);
      box.describe(last ? ['p50', 'p90', 'p99'].map((name, i) => `${name} ${format(last[i].value)}`).join(', ') : 'nothing of late');
      tell();
      draw(store.line(series));
      const most = Math.max(1, ...series.buckets);
      rows.forEach(({ bar, count }, i) => {
        bar.style.width = `${(100 * series.buckets[i]) / most}%`;
        setText(count, compact(series.buckets[i]));
      });
    };
  }

  refresh() {
    this.#parts?.refresh();
  }
}

function kindOf(family) {
  const parts = [family.type];
  if (family.gauge_mode) {
    parts.push(family.gauge_mode.toLowerCase().replace('_', ' '));
  }
  if (family.unit) {
    parts.push(family.unit);
  }
  return parts.join(' · ');
}

