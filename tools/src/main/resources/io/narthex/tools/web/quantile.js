// Quantiles of buckets, as Prometheus' histogram_quantile reckons them.
import { increase } from './store.js';

/** What was observed between two readings, bucket by bucket. */
export function between(older, newer) {
  if (!older || !newer || older.buckets.length !== newer.buckets.length) {
    return null;
  }
  if (older.buckets === newer.buckets) {
    return new Array(newer.buckets.length).fill(0);
  }
  return newer.buckets.map((count, i) => increase(older.buckets[i], count));
}

export function total(counts) {
  let sum = 0;
  for (const count of counts) {
    sum += count;
  }
  return sum;
}

/**
 * Where a quantile lies.
 *
 * @returns null if nothing was observed; place: buckets below it, with the part of its own
 */
export function quantile(q, counts, bounds) {
  const all = total(counts);
  if (all === 0) {
    return null;
  }
  const rank = q * all;
  let below = 0;
  let at = 0;
  while (at < counts.length - 1 && below + counts[at] < rank) {
    below += counts[at];
    at++;
  }
  if (at === counts.length - 1) {
    const last = bounds.length > 0 ? bounds[bounds.length - 1] : NaN;
    return { value: last, place: at, beyond: true };
  }
  const part = counts[at] === 0 ? 0 : (rank - below) / counts[at];
  const high = bounds[at];
  const low = at > 0 ? bounds[at - 1] : Math.min(0, high);
  return { value: low + (high - low) * part, place: at + part, beyond: false };
}

/**
 * What a histogram observed of late.
 *
 * @returns counts of its buckets, and whether they are of all time, as nothing came lately
 */
export function recent(store, series, seconds) {
  const ring = series.bucketRing;
  if (ring && store.ticks > 1) {
    const slots = store.slots();
    const last = slots[slots.length - 1];
    const first = slots.find((slot) => ring[slot] && store.times[last] - store.times[slot] <= seconds);
    const counts = first === undefined ? null : between(ring[first], ring[last]);
    if (counts && total(counts) > 0) {
      return { counts, always: false };
    }
  }
  return { counts: series.buckets ?? [], always: true };
}
