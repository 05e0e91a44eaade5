// How full the files are.
import { Parts, el, setText } from './dom.js';
import { bytes, compact, date, number } from './format.js';

const KINDS = [['index', 'Index', 'words'], ['records', 'Records', ''], ['cells', 'Cells', 'cells']];

function sum(list, of) {
  return list.reduce((all, one) => all + of(one), 0);
}

/** A bar that is as full as parts of something are of the whole. */
class Meter {
  constructor(names) {
    this.parts = names.map((name) => el('span', `part ${name}`));
    this.node = el('div', 'meter', ...this.parts);
  }

  show(sizes, whole, title) {
    this.node.title = title;
    this.parts.forEach((part, i) => {
      part.hidden = sizes[i] === 0;
      part.style.width = `${whole > 0 ? (100 * sizes[i]) / whole : 0}%`;
    });
  }
}

/** A value that the engine tells of itself, such as narthex_series. */
function own(store, file, name) {
  for (const family of store.families.values()) {
    if (family.name === name) {
      for (const series of family.series) {
        const source = series.labels.find(([label]) => label === 'source');
        if (!source || source[1] === file.name) {
          return series.value;
        }
      }
    }
  }
  return NaN;
}

function share(used, length) {
  const percent = length > 0 ? (100 * used) / length : 0;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

function usedOf(segments) {
  return sum(segments, (segment) => segment.used);
}

/** The segments of one kind. */
class Kind {
  constructor([name, word, entries]) {
    this.name = name;
    this.entries = entries;
    this.segments = el('span', 'dim');
    this.note = el('span', 'dim');
    this.share = el('span', 'num');
    this.meter = new Meter([name]);
    this.node = el('div', 'segment',
      el('div', 'line', el('strong', `key ${name}`, word), this.segments, this.note, this.share),
      this.meter.node);
  }

  show(file) {
    const segments = file.segments.filter((segment) => segment.kind === this.name);
    const length = sum(segments, (segment) => segment.length);
    const used = usedOf(segments);
    setText(this.segments, segments.length === 1 ? '1 segment' : `${segments.length} segments`);
    setText(this.note, this.entries ? `${compact(sum(segments, (segment) => segment.entries))} ${this.entries}` : '');
    setText(this.share, `${bytes(used)} of ${bytes(length)}, ${share(used, length)}`);
    this.meter.show([used], length, `${bytes(length - used)} free`);
  }
}

const FACTS = ['Series', 'Free', 'Wasted', 'May grow to', 'Stripes', 'Alive', 'Created', 'Layout'];

class Card {
  constructor(file) {
    this.size = el('span', 'num big');
    this.whole = new Meter(KINDS.map(([name]) => name));
    this.facts = Object.fromEntries(FACTS.map((name) => [name, el('dd')]));
    this.bad = el('p', 'notice');
    this.overflowed = el('p', 'notice');
    this.kinds = KINDS.map((kind) => new Kind(kind));
    this.node = el('article', 'card',
      el('header', 'line', el('h2', 'name', file.name), this.size),
      el('p', 'path', file.path),
      this.whole.node,
      el('dl', 'facts', ...FACTS.map((name) => el('div', 'fact', el('dt', '', name), this.facts[name]))),
      this.bad,
      this.overflowed,
      ...this.kinds.map((kind) => kind.node));
  }

  show({ file, store }) {
    const used = usedOf(file.segments);
    setText(this.size, bytes(file.size));
    this.whole.show(
      KINDS.map(([name]) => usedOf(file.segments.filter((segment) => segment.kind === name))),
      file.size,
      `${bytes(used)} of ${bytes(file.size)} used`);
    const facts = {
      Series: number(own(store, file, 'narthex_series')),
      Free: bytes(sum(file.segments, (segment) => segment.length) - used),
      Wasted: bytes(file.wasted),
      'May grow to': bytes(file.max_size),
      Stripes: String(file.stripes),
      Alive: String(file.processes.filter((process) => process.state === 'alive').length),
      Created: file.created_ms > 0 ? date(file.created_ms) : '–',
      Layout: `version ${file.version}`,
    };
    FACTS.forEach((name) => setText(this.facts[name], facts[name]));
    const bad = own(store, file, 'narthex_bad_records');
    this.bad.hidden = !(bad > 0);
    setText(this.bad, `${number(bad)} damaged records are left out; narthex verify tells which.`);
    const overflowed = own(store, file, 'narthex_overflowed_label_sets');
    this.overflowed.hidden = !(overflowed > 0);
    setText(this.overflowed, `${number(overflowed)} look-ups found no room for their labels and count as __overflow__.`);
    this.kinds.forEach((kind) => kind.show(file));
  }
}

/** A file that cannot be read. */
class Amiss {
  constructor({ skipped }) {
    this.reason = el('p', 'notice');
    this.node = el('article', 'card amiss', el('h2', 'name', skipped.path), this.reason);
  }

  show({ skipped }) {
    setText(this.reason, skipped.reason);
  }
}

let cards = null;

export function showFiles(host, store) {
  const items = [
    ...store.files.map((file) => ({ file, store })),
    ...store.skipped.map((skipped) => ({ skipped })),
  ];
  if (items.length === 0) {
    cards = null;
    host.replaceChildren(el('p', 'empty', 'No file yet; the page shows the first one as soon as it is there.'));
    return;
  }
  if (!cards) {
    const grid = el('div', 'page grid');
    cards = new Parts(
      grid,
      ({ file, skipped }) => (file ? `file ${file.name} ${file.path}` : `skipped ${skipped.path}`),
      (item) => (item.file ? new Card(item.file) : new Amiss(item)));
    host.replaceChildren(grid);
  }
  cards.show(items);
}
