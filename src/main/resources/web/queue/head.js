// What stands at the top of a queue's page. It is made once and then changed, so that whatever has the focus keeps it.
import { startBody, startCommand } from '../lib/curl.js';
import { h, setText } from '../lib/dom.js';
import { copyButton } from '../lib/parts.js';
import { entitle } from '../lib/router.js';
import { may } from '../lib/session.js';
import { name, t } from '../lib/words.js';

const ENDED = ['finished', 'stopped', 'error'];

export class QueueHead {
  #again = null;
  #title = h('h1', { tabindex: '-1' });
  #status = h('span', { class: 'chip' });
  #copy = copyButton(t('queue.curl'), () => startCommand(this.#again));
  #repeat = h('a', { class: 'button plain' }, t('queue.again'));
  #stop;

  /** @param stop asks whether the queue is to be stopped */
  constructor(stop) {
    this.#stop = h('button', { type: 'button', class: 'danger', click: stop }, t('queue.stop'));
    this.element = h('div', { class: 'title' }, this.#title, this.#status, h('div', { class: 'actions' }, this.#copy, may('operate') && [this.#repeat, this.#stop]));
  }

  /** @param targets those that there are; null as long as they are not known, and with them not what started the queue */
  draw(queue, targets) {
    const title = `${queue.symbol} · ${name('type', queue.type)}`;
    setText(this.#title, title);
    entitle(title);
    this.#status.dataset.status = queue.status;
    setText(this.#status, name('status', queue.status));
    this.#again = targets && startBody(queue, targets);
    this.#copy.hidden = targets === null;
    this.#repeat.hidden = targets === null;
    this.#repeat.href = `#/start?body=${encodeURIComponent(JSON.stringify(this.#again))}`;
    const focused = document.activeElement === this.#stop;
    this.#stop.hidden = queue.status === 'stopping' || ENDED.includes(queue.status);
    if (focused) {
      this.keepFocus();
    }
  }

  /** Where nothing can be stopped any more, the title has the focus. */
  keepFocus() {
    if (this.#stop.hidden) {
      this.#title.focus({ preventScroll: true });
    }
  }
}
