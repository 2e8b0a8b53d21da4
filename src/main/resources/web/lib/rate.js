// How many records a second, from what was seen of a number that grows.

const WINDOW = 10_000;

export class Rate {
  #seen = [];

  see(records, at = Date.now()) {
    const last = this.#seen.at(-1);
    if (last && (last.records > records || at - last.at < 250)) {
      return;
    }
    this.#seen.push({ records, at });
    while (this.#seen.length > 2 && at - this.#seen[1].at > WINDOW) {
      this.#seen.shift();
    }
  }

  /** Records a second over the last ten seconds; null until that can be told. */
  value(now = Date.now()) {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (!first || first === last || now - first.at < 1000) {
      return null;
    }
    return Math.max(0, ((last.records - first.records) * 1000) / (now - first.at));
  }
}
