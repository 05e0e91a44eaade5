// What the page knows: families, series, and two minutes of what they were.

/** Readings that are kept, about one a second. */
export const HISTORY = 120;

/** Beyond, a series is remembered only from when it is first looked at. */
const REMEMBERED = 20_000;

/** Beyond, the buckets of a histogram are. */
const REMEMBERED_BUCKETS = 1_000;

/** Rates are of the last readings, so that they do not flicker. */
const RATE_SECONDS = 5;

/** What JSON has no number for comes as a string. */
function toNumber(value) {
  if (typeof value === 'number') {
    return value;
  }
  return value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : NaN;
}

export class Series {
  constructor(id, family, labels) {
    this.id = id;
    this.family = family;
    this.labels = Object.entries(labels);
    this.labelText = this.labels.map(([name, value]) => `${name}=${value}`).join(' ');
    this.haystack = `${family.sample} ${this.labelText}`.toLowerCase();
    /** The value; of a histogram or summary the count. */
    this.value = NaN;
    this.sum = NaN;
    this.buckets = null;
    this.ring = null;
    this.bucketRing = null;
  }

  /** Whether it is the same one on another board: a number says nothing there. */
  isSame(other) {
    return this.family.sample === other.family.sample
      && this.labels.length === other.labels.length
      && this.labels.every(([name, value], i) => name === other.labels[i][0] && value === other.labels[i][1]);
  }

  /** Whether its value only grows, so that its rate is what tells. */
  get grows() {
    return this.family.type === 'counter' || this.isDistribution;
  }

  get isDistribution() {
    return this.family.type === 'histogram' || this.family.type === 'summary';
  }

  take([, first, buckets]) {
    if (buckets) {
      this.sum = toNumber(first);
      this.buckets = buckets;
      let count = 0;
      for (const bucket of buckets) {
        count += bucket;
      }
      this.value = count;
    } else {
      this.value = toNumber(first);
    }
  }
}

export class Store {
  constructor() {
    this.families = new Map();
    this.series = new Map();
    this.times = new Float64Array(HISTORY);
    /** How many readings there were. */
    this.ticks = 0;
    this.at = '';
    this.files = [];
    this.skipped = [];
    this.nowMillis = 0;
  }

  /**
   * Takes the answer to a poll.
   *
   * @returns whether there are other series than before, and whether there is a new reading
   */
  apply(poll) {
    const turned = poll.at !== this.at;
    let changed = false;
    if (poll.full) {
      changed = true;
      this.families.clear();
      this.series.clear();
      this.ticks = 0;
    }
    this.at = poll.at;
    this.nowMillis = poll.now_ms;
    this.files = poll.files;
    this.skipped = poll.skipped;
    for (const family of poll.families) {
      this.families.set(family.id, {
        help: '', unit: '', states: [], ...family, bounds: (family.bounds ?? []).map(toNumber), series: new Set(),
      });
    }
    for (const [id, familyId, labels] of poll.series) {
      const family = this.families.get(familyId);
      const series = new Series(id, family, labels);
      family.series.add(series);
      this.series.set(id, series);
      changed = true;
    }
    for (const id of poll.gone) {
      changed = this.#remove(id) || changed;
    }
    for (const value of poll.values) {
      this.series.get(value[0])?.take(value);
    }
    if (turned) {
      this.#remember(poll.taken_ms / 1000);
    }
    return { changed, turned };
  }

  #remove(id) {
    const series = this.series.get(id);
    if (!series) {
      return false;
    }
    this.series.delete(id);
    series.family.series.delete(series);
    if (series.family.series.size === 0) {
      this.families.delete(series.family.id);
    }
    return true;
  }

  #remember(seconds) {
    const slot = this.ticks % HISTORY;
    this.times[slot] = seconds;
    this.ticks++;
    const few = this.series.size <= REMEMBERED;
    const fewBuckets = this.series.size <= REMEMBERED_BUCKETS;
    for (const series of this.series.values()) {
      if (few) {
        this.watch(series);
      }
      if (fewBuckets) {
        this.watchBuckets(series);
      }
      if (series.ring) {
        series.ring[slot] = series.value;
      }
      if (series.bucketRing) {
        series.bucketRing[slot] = { buckets: series.buckets, sum: series.sum };
      }
    }
  }

  /** Remembers a series from now on, if that is not done yet. */
  watch(series) {
    if (!series.ring) {
      series.ring = new Float64Array(HISTORY).fill(NaN);
      if (this.ticks > 0) {
        series.ring[(this.ticks - 1) % HISTORY] = series.value;
      }
    }
  }

  watchBuckets(series) {
    if (series.buckets && !series.bucketRing) {
      series.bucketRing = new Array(HISTORY).fill(null);
      if (this.ticks > 0) {
        series.bucketRing[(this.ticks - 1) % HISTORY] = {
          buckets: series.buckets, sum: series.sum,
        };
      }
    }
  }

  /** The places of what is remembered, oldest first. */
  slots() {
    const count = Math.min(this.ticks, HISTORY);
    const slots = new Array(count);
    for (let i = 0; i < count; i++) {
      slots[i] = (this.ticks - count + i) % HISTORY;
    }
    return slots;
  }

  /** The growth each second of late; null if it is not known yet. */
  rate(series) {
    const { ring } = series;
    if (!ring || this.ticks < 2) {
      return null;
    }
    const count = Math.min(this.ticks, HISTORY);
    const last = this.times[(this.ticks - 1) % HISTORY];
    let growth = 0;
    let from = last;
    for (let back = 1; back < count; back++) {
      const newer = (this.ticks - back) % HISTORY;
      const older = (this.ticks - back - 1) % HISTORY;
      if (Number.isNaN(ring[older])) {
        break;
      }
      growth += increase(ring[older], ring[newer]);
      from = this.times[older];
      if (last - from >= RATE_SECONDS) {
        break;
      }
    }
    return from < last ? growth / (last - from) : null;
  }

  /** Times and what to draw of a series: its rate if it grows, else its value. */
  line(series) {
    const slots = this.slots();
    const xs = new Array(slots.length);
    const ys = new Array(slots.length);
    for (let i = 0; i < slots.length; i++) {
      xs[i] = this.times[slots[i]];
      ys[i] = null;
      const value = series.ring ? series.ring[slots[i]] : NaN;
      if (!series.grows) {
        ys[i] = Number.isFinite(value) ? value : null;
      } else if (i > 0) {
        const before = series.ring ? series.ring[slots[i - 1]] : NaN;
        const per = increase(before, value) / (xs[i] - this.times[slots[i - 1]]);
        ys[i] = Number.isFinite(per) ? per : null;
      }
    }
    return [xs, ys];
  }
}

/** From one value of a counter to the next; one that fell began anew from zero. */
export function increase(before, after) {
  return after < before ? after : after - before;
}
