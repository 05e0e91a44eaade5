// The page: what is shown, where, and in which order.
import { Detail } from './detail.js';
import { Feed } from './feed.js';
import { List } from './list.js';
import { Store } from './store.js';
import { byId, el, forgetColours, setText } from './dom.js';
import { number } from './format.js';
import { matcher } from './search.js';
import { processes, showProcesses } from './processes.js';
import { showFiles } from './files.js';

const HEIGHTS = { wide: { family: 40, single: 40, series: 34, flat: 34 }, narrow: { family: 40, single: 64, series: 60, flat: 64 } };
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset'];

/** Readings between two sortings by something that moves. */
const SETTLED_TURNS = 3;

const store = new Store();
const narrow = matchMedia('(max-width: 720px)');
const state = { query: '', types: new Set(), order: 'name', view: 'metrics', folded: new Set(), turns: 0 };

const detail = new Detail(byId('detail'), store, () => choose(null));
const list = new List(byId('list'), byId('space'), store, {
  pick: (series) => choose(series === detail.series && !narrow.matches ? null : series),
  /** Beside an open series the next one is shown at once. */
  move: (series) => {
    if (detail.series !== null && detail.series !== series && !narrow.matches) {
      choose(series);
    }
  },
  fold: (family) => {
    if (!state.folded.delete(family.name)) {
      state.folded.add(family.name);
    }
    arrange();
  },
});

const feed = new Feed(take, tell);

// ---- what comes in

function take(poll) {
  const { changed, turned } = store.apply(poll);
  if (changed) {
    follow();
    showTypes();
    arrange();
  } else if (state.order !== 'name' && ++state.turns % SETTLED_TURNS === 0 && !byId('list').matches(':hover')) {
    arrange();
  } else if (turned) {
    list.refresh();
  }
  detail.refresh();
  counts();
  showView();
  title();
}

/** The chosen series may be gone, or, on another board, be there under another number. */
function follow() {
  const { series } = detail;
  if (!series || store.series.get(series.id) === series) {
    return;
  }
  for (const one of store.series.values()) {
    if (one.isSame(series)) {
      choose(one);
      return;
    }
  }
  detail.lose();
}

const WORDS = { live: 'live', paused: 'paused', lost: 'no answer' };

function tell(what, why = '') {
  document.body.dataset.state = what;
  setText(byId('state'), why || WORDS[what]);
  byId('state').title = why;
  if (what === 'live') {
    const pulse = byId('pulse');
    pulse.classList.remove('beat');
    requestAnimationFrame(() => pulse.classList.add('beat'));
  }
}

function title() {
  const names = store.files.map((file) => file.name);
  const text = names.length === 0 ? 'Narthex' : names.length === 1 ? `${names[0]} · Narthex` : `${names.length} files · Narthex`;
  if (document.title !== text) {
    document.title = text;
  }
}

function counts() {
  setText(byId('count-series'), number(store.series.size));
  const all = processes(store.files);
  const alive = all.filter((process) => process.state === 'alive').length;
  const dead = all.filter((process) => process.state === 'dead').length;
  setText(byId('count-processes'), dead > 0 ? `${alive} + ${dead} dead` : String(alive));
  byId('count-processes').classList.toggle('warn', dead > 0);
  setText(byId('count-files'), store.skipped.length > 0 ? `${store.files.length} + ${store.skipped.length} bad` : String(store.files.length));
  byId('count-files').classList.toggle('warn', store.skipped.length > 0);
}

// ---- the list

function arrange() {
  const fits = matcher(state.query);
  const wanted = state.types.size === 0 ? () => true : (family) => state.types.has(family.type);
  const families = [...store.families.values()].filter(wanted);
  const heights = narrow.matches ? HEIGHTS.narrow : HEIGHTS.wide;
  const { items, found } = state.order === 'name' ? grouped(families, fits, heights) : flat(families, fits, heights);
  list.items = items;
  byId('search').setAttribute('aria-invalid', String(fits.flaw !== ''));
  const all = store.series.size;
  setText(byId('found'), fits.flaw !== '' ? fits.flaw : found === all ? `${number(all)} series` : `${number(found)} of ${number(all)} series`);
  const empty = byId('empty');
  empty.hidden = found > 0;
  setText(empty, all === 0 ? 'Nothing has been counted yet.' : 'No series fits.');
}

/** So that /orders/9 comes before /orders/10. */
const byText = new Intl.Collator('en', { numeric: true }).compare;

function grouped(families, fits, heights) {
  const items = [];
  const top = { size: 0 };
  let found = 0;
  families.sort((a, b) => byText(a.sample, b.sample));
  for (const family of families) {
    const shown = [...family.series].filter(fits);
    if (shown.length === 0) {
      continue;
    }
    found += shown.length;
    const place = { level: 1, group: top, at: ++top.size };
    if (family.series.size === 1 && shown[0].labels.length === 0) {
      items.push({ kind: 'single', height: heights.single, series: shown[0], ...place });
      continue;
    }
    const open = !state.folded.has(family.name);
    items.push({ kind: 'family', height: heights.family, family, shown: shown.length, all: family.series.size, open, ...place });
    if (open) {
      shown.sort((a, b) => byText(a.labelText, b.labelText));
      const group = { size: shown.length };
      shown.forEach((series, i) => {
        items.push({ kind: 'series', height: heights.series, series, level: 2, group, at: i + 1 });
      });
    }
  }
  return { items, found };
}

function flat(families, fits, heights) {
  const weighed = [];
  for (const family of families) {
    for (const series of family.series) {
      if (fits(series)) {
        const weight = state.order === 'rate' ? (series.grows ? store.rate(series) ?? 0 : -1) : series.value;
        weighed.push({ series, weight: Number.isNaN(weight) ? -Infinity : weight });
      }
    }
  }
  weighed.sort((a, b) => b.weight - a.weight || byText(a.series.haystack, b.series.haystack));
  const group = { size: weighed.length };
  return {
    items: weighed.map(({ series }, i) => ({ kind: 'flat', height: heights.flat, series, level: 1, group, at: i + 1 })),
    found: weighed.length,
  };
}

/** What had the focus when a series was chosen, to give it back. */
let opener = null;

function choose(series) {
  const focused = document.activeElement;
  const inside = byId('detail').contains(focused);
  if (series) {
    opener = detail.series === null ? focused : opener;
    detail.open(series);
  } else {
    detail.close();
  }
  document.body.classList.toggle('with-detail', series !== null);
  layer();
  list.chosen = series;
  if (series && (inside || narrow.matches)) {
    detail.focus();
  } else if (inside) {
    (opener?.isConnected && opener !== document.body ? opener : byId('list')).focus();
  }
}

/** Where a chosen series covers everything, nothing else can be reached. */
function layer() {
  const modal = narrow.matches && detail.series !== null && state.view === 'metrics';
  detail.modal = modal;
  for (const part of document.querySelectorAll('.bar, .toolbar, .pane')) {
    part.inert = modal;
  }
}

// ---- the controls

let shownTypes = '';

function showTypes() {
  const present = TYPES.filter((type) => [...store.families.values()].some((family) => family.type === type));
  if (present.join() === shownTypes) {
    return;
  }
  shownTypes = present.join();
  byId('types').replaceChildren(...present.map((type) => {
    const chip = el('button', 'chip', type);
    chip.type = 'button';
    chip.setAttribute('aria-pressed', String(state.types.has(type)));
    chip.addEventListener('click', () => {
      if (!state.types.delete(type)) {
        state.types.add(type);
      }
      chip.setAttribute('aria-pressed', String(state.types.has(type)));
      arrange();
      list.scrollToTop();
    });
    return chip;
  }));
}

function search() {
  state.query = byId('search').value;
  arrange();
  list.scrollToTop();
}

byId('search').addEventListener('input', search);

byId('sort').addEventListener('change', (event) => {
  state.order = event.target.value;
  arrange();
  list.scrollToTop();
});

function pause() {
  feed.paused = !feed.paused;
  byId('pause').setAttribute('aria-pressed', String(feed.paused));
}

byId('pause').addEventListener('click', pause);

const THEMES = ['auto', 'light', 'dark'];

byId('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const next = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
  root.dataset.theme = next;
  try {
    localStorage.setItem('narthex-theme', next);
  } catch {
    // It holds for as long as the page is open.
  }
  recolour();
});

function recolour() {
  const { theme } = document.documentElement.dataset;
  setText(byId('theme-word'), theme);
  byId('theme').setAttribute('aria-label', `Theme: ${theme}`);
  forgetColours();
  list.redraw();
  detail.redraw();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
narrow.addEventListener('change', () => {
  arrange();
  layer();
});

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea');
  if (event.key === 'Escape') {
    if (typing) {
      // Or the browser clears it, and tells nobody if it is left at the same time.
      event.preventDefault();
      if (event.target === byId('search') && event.target.value !== '') {
        event.target.value = '';
        search();
      } else {
        event.target.blur();
      }
    } else {
      choose(null);
    }
  } else if (event.key === 'ArrowDown' && (event.target === byId('search') || event.target === document.body)) {
    event.preventDefault();
    byId('list').focus();
  } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.key === '/') {
      event.preventDefault();
      location.hash = '#metrics';
      byId('search').focus();
      byId('search').select();
    } else if (event.key === 'p') {
      pause();
    }
  }
});

// ---- the views

function showView() {
  if (state.view === 'processes') {
    showProcesses(byId('view-processes'), store);
  } else if (state.view === 'files') {
    showFiles(byId('view-files'), store);
  }
}

function route() {
  const wanted = location.hash.slice(1);
  state.view = ['processes', 'files'].includes(wanted) ? wanted : 'metrics';
  for (const view of document.querySelectorAll('.view')) {
    view.hidden = view.id !== `view-${state.view}`;
  }
  for (const tab of document.querySelectorAll('.tabs a')) {
    if (tab.dataset.view === state.view) {
      tab.setAttribute('aria-current', 'page');
    } else {
      tab.removeAttribute('aria-current');
    }
  }
  layer();
  showView();
}

addEventListener('hashchange', route);
recolour();
route();
feed.start();
