// Rows for as many series as there are, of which only those in sight exist.
import { el, setText } from './dom.js';
import { measured, number, perSecond, unitOf } from './format.js';
import { quantile, recent } from './quantile.js';
import { Spark } from './spark.js';

const OVERSCAN = 4;
const WINDOW_SECONDS = 60;
const SPARK = { width: 132, height: 26 };

/** What stands in the column of values. */
export function shownValue(store, series) {
  const { family } = series;
  const unit = unitOf(family);
  switch (family.type) {
    case 'histogram': {
      const p99 = quantile(0.99, recent(store, series, WINDOW_SECONDS).counts, family.bounds);
      return p99 === null ? '–' : `p99 ${p99.beyond ? '> ' : ''}${measured(p99.value, unit)}`;
    }
    case 'summary':
      return series.value > 0 ? `ø ${measured(series.sum / series.value, unit)}` : '–';
    case 'stateset':
      return family.states[series.value - 1] ?? '–';
    case 'info':
      return '';
    case 'counter':
      return unit === 'seconds' || unit === 'bytes' ? measured(series.value, unit) : number(series.value);
    default:
      return measured(series.value, unit);
  }
}

/** What stands in the column of rates. */
export function shownRate(store, series) {
  if (!series.grows) {
    return '';
  }
  return perSecond(store.rate(series), series.isDistribution ? '' : unitOf(series.family));
}

/** Labels of so many letters are shown whole. */
const SHORT = 14;

export function labelNodes(labels) {
  return labels.map(([name, value]) => {
    // A path in 'source' is long, and the same in all rows of a file: it gives way first.
    const size = name === 'source' ? ' source' : name.length + value.length <= SHORT ? ' short' : '';
    return el('span', `label${size}`, el('span', 'k', name), el('span', 'v', value));
  });
}

/** What has been made so far; each row has its own id to be pointed at. */
let made = 0;

function treeItem(node) {
  node.id = `row-${++made}`;
  node.setAttribute('role', 'treeitem');
  return node;
}

/** Most rows do not exist, so each says where it is. */
function place(node, item) {
  node.setAttribute('aria-level', String(item.level));
  node.setAttribute('aria-posinset', String(item.at));
  node.setAttribute('aria-setsize', String(item.group.size));
}

/** What makes an item the one that it is, in an older list and in a newer one. */
function identity(item) {
  return item.kind === 'family' ? item.family.name : item.series;
}

/** An element that shows now one item and now another. */
class Row {
  constructor() {
    this.item = null;
    this.name = el('span', 'name');
    this.labels = el('span', 'labels');
    this.help = el('span', 'help');
    this.value = el('span', 'num value');
    this.rate = el('span', 'num rate');
    this.chart = el('span', 'spark');
    this.chart.setAttribute('aria-hidden', 'true'); // the value and the rate say it
    this.node = treeItem(el('div', 'row', el('span', 'what', this.name, this.labels, this.help), this.value, this.rate, this.chart));
    this.spark = new Spark(this.chart, SPARK.width, SPARK.height);
  }

  show(item) {
    this.item = item;
    const { series, kind } = item;
    this.node.className = `row ${kind}`;
    setText(this.name, kind === 'series' ? '' : series.family.sample);
    setText(this.help, kind === 'single' ? series.family.help : '');
    this.labels.replaceChildren(...labelNodes(series.labels));
    this.node.title = series.labelText;
    place(this.node, item);
  }

  refresh(store, chosen) {
    const { series } = this.item;
    this.node.classList.toggle('chosen', series === chosen);
    this.node.setAttribute('aria-selected', String(series === chosen));
    if (series.family.type === 'histogram') {
      store.watchBuckets(series);
    }
    store.watch(series);
    setText(this.value, shownValue(store, series));
    setText(this.rate, shownRate(store, series));
    this.node.classList.toggle('still', series.grows && store.rate(series) === 0);
    this.chart.hidden = series.family.type === 'info';
    this.spark.show(store.line(series), series.grows);
  }
}

class Heading {
  constructor() {
    this.item = null;
    this.name = el('span', 'name');
    this.type = el('span', 'type');
    this.help = el('span', 'help');
    this.count = el('span', 'num');
    this.node = treeItem(el('div', 'row family', el('span', 'what', el('span', 'caret'), this.name, this.type, this.help), this.count));
  }

  show(item) {
    this.item = item;
    const { family } = item;
    setText(this.name, family.sample);
    setText(this.type, family.type);
    setText(this.help, family.help);
    setText(this.count, item.shown === item.all ? number(item.all) : `${number(item.shown)} of ${number(item.all)}`);
    this.node.setAttribute('aria-expanded', String(item.open));
    this.node.title = family.help;
    place(this.node, item);
  }

  refresh() {}
}

export class List {
  #items = [];
  #tops = [];
  #rows = new Map();
  #free = { row: [], heading: [] };
  #chosen = null;
  #frame = 0;

  /** Where the keyboard is among the items, or -1. */
  #current = -1;

  /** @param on pick(series) to open it, move(series) when the keyboard comes to it, and fold(family) */
  constructor(host, space, store, on) {
    this.host = host;
    this.space = space;
    this.store = store;
    this.on = on;
    host.addEventListener('scroll', () => this.#later(), { passive: true });
    new ResizeObserver(() => this.#later()).observe(host);
    space.addEventListener('click', (event) => this.#clicked(event));
    host.addEventListener('keydown', (event) => this.#pressed(event));
    host.addEventListener('focus', () => this.#enter());
    host.addEventListener('pointerdown', () => host.classList.remove('keys'));
  }

  /** @param items each with a kind (family, single, series or flat), a height, its place, and what it shows */
  set items(items) {
    this.#current = this.#moved(items);
    this.#items = items;
    this.#tops = new Array(items.length + 1);
    let top = 0;
    for (let i = 0; i < items.length; i++) {
      this.#tops[i] = top;
      top += items[i].height;
    }
    this.#tops[items.length] = top;
    this.space.style.height = `${top}px`;
    for (const [at, row] of this.#rows) {
      this.#release(at, row);
    }
    this.#layOut();
  }

  set chosen(series) {
    this.#chosen = series;
    this.refresh();
  }

  /** Shows the values as they are now. */
  refresh() {
    for (const row of this.#rows.values()) {
      row.refresh(this.store, this.#chosen);
    }
  }

  redraw() {
    for (const row of [...this.#rows.values(), ...this.#free.row]) {
      row.spark?.redraw();
    }
  }

  /** As after another search: whoever comes by keyboard begins at what is seen. */
  scrollToTop() {
    this.host.scrollTop = 0;
    this.#current = -1;
    this.#mark();
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#layOut();
    });
  }

  /** Where the keyboard's item is in a new list; of one that is gone, where the next that stayed is. */
  #moved(items) {
    if (this.#current < 0) {
      return -1;
    }
    const places = new Map(items.map((item, at) => [identity(item), at]));
    const before = this.#items.slice(0, this.#current).reverse();
    const nearest = this.#items.slice(this.#current).concat(before).find((item) => places.has(identity(item)));
    return nearest ? places.get(identity(nearest)) : -1;
  }

  /** The item at a height. */
  #itemAt(y) {
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  #layOut() {
    if (this.#items.length === 0) {
      this.#mark();
      return;
    }
    const from = Math.max(0, this.#itemAt(this.host.scrollTop) - OVERSCAN);
    const to = Math.min(
      this.#items.length - 1, this.#itemAt(this.host.scrollTop + this.host.clientHeight) + OVERSCAN);
    for (const [at, row] of this.#rows) {
      if (at < from || at > to) {
        this.#release(at, row);
      }
    }
    for (let at = from; at <= to; at++) {
      if (!this.#rows.has(at)) {
        this.#place(at);
      }
    }
    this.#mark();
  }

  /** Shows where the keyboard is, as far as that is in sight. */
  #mark() {
    for (const [at, row] of this.#rows) {
      row.node.classList.toggle('current', at === this.#current);
    }
    const row = this.#rows.get(this.#current);
    if (row) {
      this.host.setAttribute('aria-activedescendant', row.node.id);
    } else {
      this.host.removeAttribute('aria-activedescendant');
    }
  }

  #place(at) {
    const item = this.#items[at];
    const heading = item.kind === 'family';
    const row = heading ? this.#free.heading.pop() ?? new Heading() : this.#free.row.pop() ?? new Row();
    row.show(item);
    row.refresh(this.store, this.#chosen);
    row.node.style.transform = `translateY(${this.#tops[at]}px)`;
    row.node.style.height = `${item.height}px`;
    row.node.hidden = false;
    if (!row.node.parentNode) {
      this.space.append(row.node);
    }
    this.#rows.set(at, row);
  }

  #release(at, row) {
    row.node.hidden = true;
    this.#rows.delete(at);
    (row.item.kind === 'family' ? this.#free.heading : this.#free.row).push(row);
  }

  #clicked(event) {
    const node = event.target.closest('.row');
    for (const [at, row] of this.#rows) {
      if (row.node === node) {
        this.#current = at;
        this.#mark();
        this.#act(row.item);
        return;
      }
    }
  }

  #act(item) {
    if (item.kind === 'family') {
      this.on.fold(item.family);
    } else {
      this.on.pick(item.series);
    }
  }

  /** The keyboard begins at what is chosen, or at the first item in sight. */
  #enter() {
    if (this.#current < 0 && this.#items.length > 0) {
      const chosen = this.#items.findIndex((item) => item.series && item.series === this.#chosen);
      this.#current = chosen < 0 ? this.#itemAt(this.host.scrollTop) : chosen;
      this.#mark();
    }
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#items.length === 0) {
      return;
    }
    this.#enter();
    const item = this.#items[this.#current];
    const page = Math.max(1, Math.floor(this.host.clientHeight / item.height) - 1);
    switch (event.key) {
      case 'ArrowDown': this.#go(this.#current + 1); break;
      case 'ArrowUp': this.#go(this.#current - 1); break;
      case 'PageDown': this.#go(this.#current + page); break;
      case 'PageUp': this.#go(this.#current - page); break;
      case 'Home': this.#go(0); break;
      case 'End': this.#go(this.#items.length - 1); break;
      case 'ArrowRight':
        if (item.kind === 'family') {
          if (item.open) {
            this.#go(this.#current + 1);
          } else {
            this.on.fold(item.family);
          }
        }
        break;
      case 'ArrowLeft':
        if (item.open) {
          this.on.fold(item.family);
        } else if (item.level > 1) {
          this.#go(this.#current - item.at);
        }
        break;
      case 'Enter':
      case ' ': this.#act(item); break;
      default: return;
    }
    event.preventDefault();
    this.host.classList.add('keys');
  }

  #go(to) {
    this.#current = Math.max(0, Math.min(to, this.#items.length - 1));
    this.#reveal(this.#current);
    const { series } = this.#items[this.#current];
    if (series) {
      this.on.move(series);
    }
  }

  #reveal(at) {
    const top = this.#tops[at];
    const bottom = this.#tops[at + 1];
    if (top < this.host.scrollTop) {
      this.host.scrollTop = top;
    } else if (bottom > this.host.scrollTop + this.host.clientHeight) {
      this.host.scrollTop = bottom - this.host.clientHeight;
    }
    this.#layOut();
  }
}
