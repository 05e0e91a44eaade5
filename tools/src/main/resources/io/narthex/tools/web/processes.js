// Who counts into the files, and who did.
import { Parts, el, setText } from './dom.js';
import { date, span } from './format.js';

const ORDER = { alive: 0, dead: 1, closed: 2 };

const WORDS = {
  alive: ['alive', 'The kernel still holds its lock.'],
  dead: ['dead', 'It ended without closing the file. What it counted is kept.'],
  closed: ['closed', 'It closed the file in good order.'],
};

function since(from, now) {
  return from > 0 ? span(Math.max(0, (now - from) / 1000)) : '–';
}

/** Who lives shows itself each second. */
function ago(from, now, alive) {
  return alive && now - from < 3000 ? 'just now' : `${since(from, now)} ago`;
}

/** What is in the columns; each gives a text and perhaps an explanation. */
const COLUMNS = [
  { name: 'PID', numeric: true, className: 'pid', of: (one) => [one.pid > 0 ? String(one.pid) : '?'] },
  { name: 'State', className: 'word', of: (one) => WORDS[one.state] },
  { name: 'File', of: (one) => [one.file] },
  {
    name: 'Age',
    numeric: true,
    of: (one, now) => [one.state === 'alive' ? since(one.start_ms, now) : '–', one.start_ms > 0 ? `since ${date(one.start_ms)}` : ''],
  },
  {
    name: 'Last seen',
    numeric: true,
    of: (one, now) => (one.heartbeat_ms > 0 ? [ago(one.heartbeat_ms, now, one.state === 'alive'), date(one.heartbeat_ms)] : ['–']),
  },
  { name: 'Started', numeric: true, of: (one) => [one.start_ms > 0 ? date(one.start_ms) : '–'] },
  { name: 'Number', numeric: true, className: 'dim', of: (one) => [String(one.incarnation)] },
];

function classOf(column) {
  return `${column.numeric ? 'num ' : ''}${column.className ?? ''}`.trim();
}

class Row {
  constructor(columns) {
    this.columns = columns;
    this.dot = el('span');
    this.cells = columns.map((column) => el('td', classOf(column)));
    this.node = el('tr', '', el('td', '', this.dot), ...this.cells);
  }

  show({ process, now }) {
    this.node.className = process.state;
    this.dot.className = `dot ${process.state}`;
    this.columns.forEach((column, i) => {
      const [text, title = ''] = column.of(process, now);
      setText(this.cells[i], text);
      this.cells[i].title = title;
    });
  }
}

class Table {
  constructor(several) {
    this.several = several;
    const columns = COLUMNS.filter((column) => several || column.name !== 'File');
    this.lead = el('p', 'lead');
    const body = el('tbody');
    this.rows = new Parts(body, ({ process }) => `${process.incarnation} ${process.pid} ${process.file}`, () => new Row(columns));
    const head = el('tr', '', el('th'), ...columns.map((column) => el('th', column.numeric ? 'num' : '', column.name)));
    this.node = el('div', 'page',
      this.lead,
      el('div', 'card flush', el('table', 'processes', el('thead', '', head), body)),
      el('p', 'hint', 'Who is alive is told by the kernel’s locks, not by pids or times. The row of a dead process is given to the next one that starts.'));
  }

  show(all, now) {
    setText(this.lead, Object.keys(ORDER)
      .map((state) => [state, all.filter((process) => process.state === state).length])
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${count} ${WORDS[state][0]}`)
      .join(', '));
    this.rows.show(all.map((process) => ({ process, now })));
  }
}

/** All processes of all files, the living ones first, the youngest of them at the top. */
export function processes(files) {
  const all = [];
  for (const file of files) {
    for (const process of file.processes) {
      all.push({ ...process, file: file.name });
    }
  }
  return all.sort((a, b) => ORDER[a.state] - ORDER[b.state] || b.heartbeat_ms - a.heartbeat_ms
    || b.incarnation - a.incarnation);
}

function byBirth(a, b) {
  return ORDER[a.state] - ORDER[b.state] || b.start_ms - a.start_ms || b.incarnation - a.incarnation;
}

let table = null;

export function showProcesses(host, store) {
  const all = processes(store.files).sort(byBirth);
  if (all.length === 0) {
    table = null;
    host.replaceChildren(el('p', 'empty', 'No process has counted yet.'));
    return;
  }
  const several = store.files.length > 1;
  if (table?.several !== several) {
    table = new Table(several);
    host.replaceChildren(table.node);
  }
  table.show(all, store.nowMillis);
}
