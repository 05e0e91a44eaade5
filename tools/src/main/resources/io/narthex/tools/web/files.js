// How full the files are.
import { el } from './dom.js';
import { bytes, compact, date, number } from './format.js';

const KINDS = [['index', 'Index', 'words'], ['records', 'Records', ''], ['cells', 'Cells', 'cells']];

function sum(list, of) {
  return list.reduce((all, one) => all + of(one), 0);
}

function bar(parts, whole, title) {
  const track = el('div', 'meter');
  track.title = title;
  for (const [className, size] of parts) {
    const part = el('span', className);
    part.style.width = `${whole > 0 ? (100 * size) / whole : 0}%`;
    track.append(part);
  }
  return track;
}

function fact(name, value) {
  return el('div', 'fact', el('dt', '', name), el('dd', '', value));
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

function kind(file, [name, word, entries]) {
  const segments = file.segments.filter((segment) => segment.kind === name);
  const length = sum(segments, (segment) => segment.length);
  const used = sum(segments, (segment) => segment.used);
  const count = sum(segments, (segment) => segment.entries);
  const note = entries ? `${compact(count)} ${entries}` : '';
  return el('div', 'segment',
    el('div', 'line',
      el('strong', '', word),
      el('span', 'dim', segments.length === 1 ? '1 segment' : `${segments.length} segments`),
      el('span', 'dim', note),
      el('span', 'num', `${bytes(used)} of ${bytes(length)}, ${share(used, length)}`)),
    bar([[`part ${name}`, used]], length, `${bytes(length - used)} free`));
}

function card(file, store) {
  const length = sum(file.segments, (segment) => segment.length);
  const used = sum(file.segments, (segment) => segment.used);
  const alive = file.processes.filter((process) => process.state === 'alive').length;
  const bad = own(store, file, 'narthex_bad_records');
  const overflowed = own(store, file, 'narthex_overflowed_label_sets');
  const facts = el('dl', 'facts',
    fact('Series', number(own(store, file, 'narthex_series'))),
    fact('Free', bytes(length - used)),
    fact('Wasted', bytes(file.wasted)),
    fact('May grow to', bytes(file.max_size)),
    fact('Stripes', String(file.stripes)),
    fact('Alive', String(alive)),
    fact('Created', file.created_ms > 0 ? date(file.created_ms) : '–'),
    fact('Layout', `version ${file.version}`));
  const card = el('article', 'card',
    el('header', 'line', el('h2', 'name', file.name), el('span', 'num big', bytes(file.size))),
    el('p', 'path', file.path),
    bar(
      KINDS.map(([name]) => [`part ${name}`, sum(file.segments.filter((one) => one.kind === name), (one) => one.used)]),
      Math.max(file.size, 1),
      `${bytes(used)} of ${bytes(file.size)} used`),
    facts);
  if (bad > 0) {
    card.append(el('p', 'notice', `${number(bad)} damaged records are left out; narthex verify tells which.`));
  }
  if (overflowed > 0) {
    card.append(el('p', 'notice', `${number(overflowed)} look-ups found no room for their labels and count as __overflow__.`));
  }
  card.append(...KINDS.map((one) => kind(file, one)));
  return card;
}

export function showFiles(host, store) {
  const cards = store.files.map((file) => card(file, store));
  const skipped = store.skipped.map((one) => el('article', 'card amiss', el('h2', 'name', one.path), el('p', 'notice', one.reason)));
  if (cards.length + skipped.length === 0) {
    host.replaceChildren(el('p', 'empty', 'No file yet; the page shows the first one as soon as it is there.'));
    return;
  }
  host.replaceChildren(el('div', 'page grid', ...cards, ...skipped));
}
