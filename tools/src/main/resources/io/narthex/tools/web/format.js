// Numbers as people read them.

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const moment = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23',
});

const UNITS = ['seconds', 'bytes', 'ratio', 'celsius', 'percent'];

/** The unit that a family names, or that its name ends in. */
export function unitOf(family) {
  if (family.unit) {
    return family.unit;
  }
  return UNITS.find((unit) => family.name === unit || family.name.endsWith(`_${unit}`)) ?? '';
}

function special(value) {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  return value > 0 ? '+Inf' : '−Inf';
}

function minus(text) {
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}

function digits(value, significant) {
  const size = Math.abs(value);
  if (size === 0) {
    return '0';
  }
  // Of what it is rounded to: 9.999 has as many digits before the point as 10.
  const before = Math.floor(Math.log10(Number(size.toPrecision(significant)))) + 1;
  return value.toFixed(Math.max(0, Math.min(significant - before, 9)));
}

/** A value in full, as far as that helps. */
export function number(value) {
  if (!Number.isFinite(value)) {
    return special(value);
  }
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) {
    return minus(value.toExponential(2));
  }
  return minus(Number.isInteger(value) || size >= 1e6 ? whole.format(value) : String(Number(digits(value, 4))));
}

/** A value in few letters. */
export function compact(value) {
  if (!Number.isFinite(value)) {
    return special(value);
  }
  const size = Math.abs(value);
  for (const [limit, letter] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e4, 'k']]) {
    if (size >= limit) {
      const scale = letter === 'k' ? 1e3 : limit;
      return minus(`${digits(value / scale, 3)}${letter}`);
    }
  }
  return minus(size >= 100 || Number.isInteger(value) ? whole.format(value) : digits(value, 3));
}

export function bytes(value) {
  if (!Number.isFinite(value)) {
    return special(value);
  }
  let size = Math.abs(value);
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let at = 0;
  while (size >= 1024 && at < names.length - 1) {
    size /= 1024;
    at++;
  }
  const text = Number.isInteger(size) ? String(size) : digits(size, 3);
  return `${value < 0 ? '−' : ''}${text} ${names[at]}`;
}

/** A time that something took. */
export function seconds(value) {
  if (!Number.isFinite(value)) {
    return special(value);
  }
  const size = Math.abs(value);
  if (size === 0) {
    return '0 s';
  }
  if (size < 1e-6) {
    return minus(`${digits(value * 1e9, 3)} ns`);
  }
  if (size < 1e-3) {
    return minus(`${digits(value * 1e6, 3)} µs`);
  }
  if (size < 1) {
    return minus(`${digits(value * 1e3, 3)} ms`);
  }
  return size < 120 ? minus(`${digits(value, 3)} s`) : `${value < 0 ? '−' : ''}${span(size)}`;
}

/** A longer time, in its two largest units. */
export function span(value) {
  if (value < 1) {
    return '0 s';
  }
  const steps = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const at = steps.findIndex(([, size]) => value >= size);
  const [name, size] = steps[at];
  const count = Math.floor(value / size);
  if (at === steps.length - 1) {
    return `${count} ${name}`;
  }
  const [below, smaller] = steps[at + 1];
  const rest = Math.floor((value - count * size) / smaller);
  return rest === 0 ? `${count} ${name}` : `${count} ${name} ${rest} ${below}`;
}

/** A value of a unit. */
export function measured(value, unit) {
  switch (unit) {
    case 'seconds':
      return seconds(value);
    case 'bytes':
      return bytes(value);
    case 'ratio':
      return Number.isFinite(value) ? `${minus(digits(value * 100, 3))} %` : special(value);
    case 'celsius':
      return `${number(value)} °C`;
    default:
      return number(value);
  }
}

/** A bound, which somebody chose: without zeros that say nothing. */
export function bound(value, unit) {
  return measured(value, unit).replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
}

/** How much more each second. */
export function perSecond(value, unit) {
  if (value === null || Number.isNaN(value)) {
    return '–';
  }
  if (unit === 'bytes') {
    return `${bytes(value)}/s`;
  }
  return unit === 'seconds' ? `${seconds(value)}/s` : `${compact(value)}/s`;
}

export function time(millis) {
  return clock.format(millis);
}

export function date(millis) {
  return moment.format(millis);
}
