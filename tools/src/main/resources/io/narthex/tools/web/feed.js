// One poll a second, of what changed since the one before.

const PERIOD = 1000;
const PATIENCE = 5000;

export class Feed {
  #at = '';
  #failures = 0;
  #paused = false;
  #timer = 0;
  #runs = 0;

  /**
   * @param take takes each answer
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
    const answer = await this.#ask();
    if (this.#paused || run !== this.#runs) {
      return; // the next one tells what this one would have
    }
    const wait = answer
      ? Math.max(PERIOD / 4, PERIOD - (performance.now() - began))
      : Math.min(PERIOD * this.#failures, PATIENCE);
    this.#timer = setTimeout(() => this.#poll(), wait);
    if (answer) {
      this.#at = answer.at;
      this.take(answer);
      this.tell('live');
    }
  }

  /** Asks for what changed; null if there is no answer. */
  async #ask() {
    try {
      const response = await fetch(`api/poll?since=${this.#at}`, {
        cache: 'no-store', signal: AbortSignal.timeout(PATIENCE),
      });
      if (!response.ok) {
        throw new Error((await response.text()).trim() || `status ${response.status}`);
      }
      const answer = await response.json();
      this.#failures = 0;
      return answer;
    } catch (e) {
      this.#failures++;
      this.tell('lost', e instanceof TypeError || e.name === 'TimeoutError' ? '' : e.message);
      return null;
    }
  }
}
