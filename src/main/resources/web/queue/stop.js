// Stopping a queue, after asking once more.
import { post } from '../lib/api.js';
import { h, show, uniqueId } from '../lib/dom.js';
import { failure } from '../lib/parts.js';
import { t } from '../lib/words.js';

export class StopDialog {
  #id;
  #stopped;
  #text = h('p');
  #trouble = h('div');
  #yes = h('button', { type: 'button', class: 'danger', click: () => this.#stop() }, t('stop.yes'));

  /** @param stopped called when the service has taken the request */
  constructor(id, stopped) {
    this.#id = id;
    this.#stopped = stopped;
    const title = uniqueId('stop');
    this.element = h(
      'dialog',
      { 'aria-labelledby': title },
      h('h2', { id: title }, t('stop.title')),
      this.#text,
      this.#trouble,
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'plain', click: () => this.element.close() }, t('stop.no')), this.#yes),
    );
  }

  ask(queue) {
    show(this.#trouble);
    const running = queue.steps.filter((step) => ['pending', 'loading'].includes(step.status)).length;
    this.#text.textContent = t('stop.question', { symbol: queue.symbol, count: running });
    this.element.showModal();
  }

  async #stop() {
    this.#yes.disabled = true;
    try {
      await post(`/queues/stop?queue_id=${encodeURIComponent(this.#id)}`, null);
      this.element.close();
      this.#stopped();
    } catch (error) {
      show(this.#trouble, failure(error));
    } finally {
      this.#yes.disabled = false;
    }
  }
}
