// One poll a second, of what changed since the one before.

const PERIOD = 1000;

/** How long to wait for what changed; longer after each failure, as ever more changes. */
const PATIENCE = 5000;

/** How long to wait for everything, which may be much and come over a slow line. */
const FULL_PATIENCE = 60_000;

export class Feed {
  #at = '';
  #failures = 0;
  #paused = false;
  #timer = 0;
  #runs = 0;

  /**
   * @param take takes each answer; whatever it throws, the next answer tells everything anew
   * @param tell is told: live, paused, or lost and why
   */
  constructor(take, tell) {
    this.take = take;
    this.tell = tell;
  }

  start() {
    this.#poll();
  }

  get paused() {
    return this.#paused;
  }

  set paused(value) {
    this.#paused = value;
    this.#runs++; // what is under way is overtaken
    clearTimeout(this.#timer);
    if (value) {
      this.tell('paused');
    } else {
      this.#poll();
    }
  }

  async #poll() {
    const run = ++this.#runs;
    const began = performance.now();
    let answer = null;
    let why = '';
    try {
      answer = await this.#ask();
    } catch (e) {
      why = e instanceof TypeError || e.name === 'TimeoutError' ? '' : e.message;
    }
    if (run !== this.#runs) {
      return; // the next one tells what this one would have
    }
    if (answer) {
      this.#give(answer);
    } else {
      this.#fail(why);
    }
    const wait = this.#failures === 0
      ? Math.max(PERIOD / 4, PERIOD - (performance.now() - began))
      : Math.min(PERIOD * this.#failures, PATIENCE);
    this.#timer = setTimeout(() => this.#poll(), wait);
  }

  async #ask() {
    const patience = this.#at === '' ? FULL_PATIENCE : Math.min(FULL_PATIENCE, PATIENCE * 2 ** this.#failures);
    const response = await fetch(`api/poll?since=${this.#at}`, {
      cache: 'no-store', signal: AbortSignal.timeout(patience),
    });
    if (!response.ok) {
      throw new Error((await response.text()).trim() || `status ${response.status}`);
    }
    return response.json();
  }

  #give(answer) {
    try {
      this.take(answer);
    } catch (e) {
      console.error(e);
      this.#at = '';
      this.#fail(`fault in the page: ${e.message}`);
      return;
    }
    this.#at = answer.at;
    this.#failures = 0;
    this.tell('live');
  }

  #fail(why) {
    this.#failures++;
    this.tell('lost', why);
  }
}
