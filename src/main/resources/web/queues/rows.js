// One page of queues. A row is made once and then only changed where it is another one.
import { h, setText, show } from '../lib/dom.js';
import { chip, stepBar } from '../lib/parts.js';
import { Rate } from '../lib/rate.js';
import { timeAgo } from '../lib/time.js';
import { name, number, t } from '../lib/words.js';

const ENDED = ['finished', 'stopped', 'error'];

class Row {
  rate = new Rate();

  constructor(queue) {
    this.queue = queue;
    this.status = h('span', { class: 'cell status' });
    this.steps = h('span', { class: 'cell steps' });
    this.records = h('span');
    this.unit = h('span', { class: 'unit' });
    this.speed = h('span', { class: 'quiet number' });
    this.since = h('span', { class: 'cell since' });
    this.trouble = h('span', { class: 'trouble', lang: 'en' });
    this.element = h(
      'li',
      {},
      h(
        'a',
        { class: 'row', href: `#/queues/${encodeURIComponent(queue.id)}` },
        this.status,
        h('span', { class: 'cell what' }, h('strong', {}, queue.symbol), h('span', { class: 'kind' }, name('type', queue.type)), h('code', { title: queue.id }, queue.id.slice(0, 8))),
        this.steps,
        h('span', { class: 'cell records' }, h('span', { class: 'number' }, this.records, ' ', this.unit), this.speed),
        this.since,
        this.trouble,
      ),
    );
    this.draw();
  }

  take(queue) {
    if (queue.version < this.queue.version) {
      return;
    }
    this.queue = queue;
    this.draw();
  }

  /** Changes what a message says of it; whether only reading it again tells all. */
  hear(update) {
    if (update.version < this.queue.version) {
      return false;
    }
    const moved = update.status !== this.queue.status;
    this.queue = { ...this.queue, status: update.status, records_written: update.records_written, version: update.version };
    this.draw();
    return moved || update.stepped;
  }

  draw() {
    const { queue } = this;
    if (this.status.dataset.status !== queue.status) {
      this.status.dataset.status = queue.status;
      show(this.status, chip(queue.status));
    }
    const steps = queue.steps.map((step) => step.status).join();
    if (this.drawn !== steps) {
      this.drawn = steps;
      show(this.steps, stepBar(queue.steps));
    }
    this.rate.see(queue.records_written);
    setText(this.records, number(queue.records_written));
    setText(this.unit, t('records', { count: queue.records_written }));
    const shown = queue.finished_at ?? queue.started_at ?? queue.created_at;
    if (this.since.dataset.at !== shown) {
      this.since.dataset.at = shown;
      show(this.since, timeAgo(shown));
    }
    setText(this.trouble, queue.error_message ?? '');
    this.tick();
  }

  tick() {
    const value = ENDED.includes(this.queue.status) ? null : this.rate.value();
    setText(this.speed, value ? t('rate', { n: number(value, value < 10 ? 1 : 0) }) : '');
  }
}

export class QueueRows {
  #rows = new Map();
  #list = h('ul', { class: 'rows' });
  #head = h(
    'div',
    { class: 'row head', 'aria-hidden': 'true' },
    ['status', 'what', 'steps', 'records', 'since'].map((column) => h('span', { class: `cell ${column}` }, t(`queues.column.${column}`))),
  );
  #fresh = true;

  element = h('div', { class: 'list', hidden: true }, this.#head, this.#list);

  isEmpty() {
    return this.#rows.size === 0;
  }

  clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#fresh = true;
    this.element.hidden = true;
  }

  /** Shows these queues; those that were not there slide in, where new ones are to be expected. */
  show(queues, newOnesCome) {
    const rows = new Map();
    let before = null;
    for (const queue of queues) {
      const known = this.#rows.get(queue.id);
      const row = known ?? new Row(queue);
      known?.take(queue);
      if (!known && newOnesCome && !this.#fresh) {
        row.element.classList.add('entering');
      }
      rows.set(queue.id, row);
      const follows = before ? before.nextSibling : this.#list.firstChild;
      if (follows !== row.element) {
        this.#list.insertBefore(row.element, follows);
      }
      before = row.element;
    }
    this.#rows.forEach((row, id) => rows.has(id) || row.element.remove());
    this.#rows = rows;
    this.#fresh = false;
    this.element.hidden = rows.size === 0;
  }

  /** Takes news; whether the list must be read to know all. */
  update(updates) {
    let incomplete = false;
    for (const [id, update] of updates) {
      const row = this.#rows.get(id);
      if (row) {
        incomplete = row.hear(update) || incomplete;
      } else {
        incomplete = incomplete || update.status !== 'loading' || update.stepped;
      }
    }
    return incomplete;
  }

  tick() {
    this.#rows.forEach((row) => row.tick());
  }
}
