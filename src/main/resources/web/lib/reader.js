// Reads something again and again, one time after the other: what is asked for while it is being read is done right after.

/** However fast news come, nothing is read more often, in ms. */
const PAUSE = 2000;

export class Reader {
  #read;
  #pause;
  #turn = 0;
  #busy = false;
  #again = false;
  #last = 0;
  #due = 0;
  #timer = 0;

  /**
   * @param read reads and shows; is given what tells whether that is still wanted, and gives the ms until it is to be read without
   *     news, or null
   */
  constructor(read, pause = PAUSE) {
    this.#read = read;
    this.#pause = pause;
  }

  /** Reads at once; an answer that is under way is no longer wanted. */
  async now() {
    clearTimeout(this.#timer);
    this.#due = 0;
    this.#again = false;
    this.#busy = true;
    this.#last = Date.now();
    this.#turn += 1;
    const mine = this.#turn;
    const next = await this.#read(() => mine === this.#turn);
    if (mine !== this.#turn) {
      return;
    }
    this.#busy = false;
    if (this.#again) {
      this.soon();
    } else if (next !== null) {
      this.#within(next);
    }
  }

  /** Reads soon, nearly at once when the last time is long ago. */
  soon() {
    if (this.#busy) {
      this.#again = true;
    } else {
      this.#within(Math.max(100, this.#last + this.#pause - Date.now()));
    }
  }

  #within(pause) {
    const at = Date.now() + pause;
    if (this.#due === 0 || at < this.#due) {
      clearTimeout(this.#timer);
      this.#due = at;
      this.#timer = setTimeout(() => this.now(), pause);
    }
  }

  /** Nothing is read any more, and nothing is shown. */
  end() {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#busy = true;
  }
}
