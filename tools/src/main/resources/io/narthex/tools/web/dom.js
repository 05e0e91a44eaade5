// Elements from code. Text is always a text node: nothing that a service says becomes markup.

export function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) {
    node.className = className;
  }
  node.append(...children);
  return node;
}

/** Changes a node's text only if it differs, so that nothing is laid out for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/**
 * The children of a node that are made from a list, one from each item. An item that comes again
 * keeps its node, so that what is selected or pointed at stays where it is.
 */
export class Parts {
  #byKey = new Map();

  /** @param make from an item makes a part: its node, and show(item), which brings it up to date */
  constructor(host, key, make) {
    this.host = host;
    this.key = key;
    this.make = make;
  }

  show(items) {
    const before = this.#byKey;
    this.#byKey = new Map();
    for (const item of items) {
      let key = this.key(item);
      while (this.#byKey.has(key)) {
        key += '+';
      }
      const part = before.get(key) ?? this.make(item);
      before.delete(key);
      part.show(item);
      this.#byKey.set(key, part);
    }
    before.forEach((part) => part.node.remove());
    let next = this.host.firstChild;
    for (const { node } of this.#byKey.values()) {
      if (node === next) {
        next = next.nextSibling;
      } else {
        this.host.insertBefore(node, next);
      }
    }
  }
}

export function byId(id) {
  return document.getElementById(id);
}

let probe = null;

/** What a custom property stands for in the theme that is shown now, for a canvas. */
export function colour(name) {
  if (!probe) {
    probe = el('span', 'probe');
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

let palette = null;

/** The colours of charts; looked up once for each theme. */
export function colours() {
  palette ??= {
    line: colour('--accent'),
    fill: colour('--accent-soft'),
    grid: colour('--line'),
    text: colour('--ink-3'),
    heat: colour('--heat'),
    halo: colour('--halo'),
    p50: colour('--p50'),
    p90: colour('--p90'),
    p99: colour('--p99'),
  };
  return palette;
}

export function forgetColours() {
  palette = null;
}
