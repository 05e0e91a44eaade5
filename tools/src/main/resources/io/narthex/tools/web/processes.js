// Who counts into the files, and who did.
import { el } from './dom.js';
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

function cell(className, text, title) {
  const node = el('td', className, text);
  if (title) {
    node.title = title;
  }
  return node;
}

function row(process, now, several) {
  const [word, explanation] = WORDS[process.state];
  const alive = process.state === 'alive';
  const node = el('tr', process.state);
  node.append(
    cell('', el('span', `dot ${process.state}`), explanation),
    cell('num pid', process.pid > 0 ? String(process.pid) : '?'),
    cell('word', word, explanation));
  if (several) {
    node.append(cell('', process.file));
  }
  node.append(
    cell('num', alive ? since(process.start_ms, now) : '–', process.start_ms > 0 ? `since ${date(process.start_ms)}` : ''),
    cell('num', process.heartbeat_ms > 0 ? ago(process.heartbeat_ms, now, alive) : '–', process.heartbeat_ms > 0 ? date(process.heartbeat_ms) : ''),
    cell('num', process.start_ms > 0 ? date(process.start_ms) : '–'),
    cell('num dim', String(process.incarnation)));
  return node;
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

export function showProcesses(host, store) {
  const all = processes(store.files).sort(byBirth);
  if (all.length === 0) {
    host.replaceChildren(el('p', 'empty', 'No process has counted yet.'));
    return;
  }
  const several = store.files.length > 1;
  const heads = ['', 'PID', 'State', ...(several ? ['File'] : []), 'Age', 'Last seen', 'Started', 'Number'];
  const numeric = new Set(['PID', 'Age', 'Last seen', 'Started', 'Number']);
  const head = el('tr', '', ...heads.map((text) => el('th', numeric.has(text) ? 'num' : '', text)));
  const body = el('tbody', '', ...all.map((process) => row(process, store.nowMillis, several)));
  const counts = Object.keys(ORDER)
    .map((state) => [state, all.filter((process) => process.state === state).length])
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${WORDS[state][0]}`)
    .join(', ');
  host.replaceChildren(
    el('div', 'page',
      el('p', 'lead', counts),
      el('div', 'card flush', el('table', 'processes', el('thead', '', head), body)),
      el('p', 'hint', 'Who is alive is told by the kernel’s locks, not by pids or times. The row of a dead process is given to the next one that starts.')));
}
