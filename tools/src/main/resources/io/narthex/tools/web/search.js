// The search line: words that all have to fit, such as
//   http status=500 -path=/health method!=GET path=~"^/api"
// A selector as Prometheus has it works too: http_requests_total{status="500"}

const TERM = /(-?)(?:([A-Za-z_][A-Za-z0-9_]*)(=~|!~|!=|=))?("(?:\\.|[^"\\])*"?|[^\s,{}"]+)/g;

function unquoted(text) {
  return text.startsWith('"')
    ? text.slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined)
      .replace(/\\(.)/g, (_, letter) => (letter === 'n' ? '\n' : letter))
    : text;
}

function labelOf(series, name) {
  if (name === '__name__') {
    return series.family.sample;
  }
  const label = series.labels.find(([own]) => own === name);
  return label ? label[1] : '';
}

function test(name, operator, raw, flaws) {
  const value = unquoted(raw);
  const low = value.toLowerCase();
  if (!name) {
    return (series) => series.haystack.includes(low);
  }
  if (operator === '=~' || operator === '!~') {
    const wanted = operator === '=~';
    try {
      const regex = new RegExp(value, 'i');
      return (series) => regex.test(labelOf(series, name)) === wanted;
    } catch (e) {
      flaws.push(e.message); // half typed, perhaps
      return null;
    }
  }
  // In quotes it is the whole value, else the beginning of one or any part.
  const whole = raw.startsWith('"');
  const fits = (series) => {
    const own = labelOf(series, name);
    return whole ? own === value : own.toLowerCase().includes(low);
  };
  if (operator === '!=') {
    return (series) => !fits(series);
  }
  const literal = `${name}=${value}`.toLowerCase();
  return (series) => fits(series) || (!whole && series.haystack.includes(literal));
}

/** Makes a test of series out of a search line; what is wrong in that, if anything, is its flaw. */
export function matcher(line) {
  const tests = [];
  const flaws = [];
  for (const [, not, name, operator, raw] of line.matchAll(TERM)) {
    const one = test(name, operator, raw, flaws);
    if (one) {
      tests.push(not ? (series) => !one(series) : one);
    }
  }
  // What was pasted may be no words at all, such as a label's value with quotes in it.
  const literal = line.trim().toLowerCase();
  const fits = (series) => series.haystack.includes(literal) || tests.every((one) => one(series));
  fits.flaw = flaws.join('; ');
  return fits;
}
