// A list of pages: the first is read anew from time to time, and older ones are added when they are asked for.
import { get } from './api.js';
import { h, show, showNew } from './dom.js';
import { failure, loading } from './parts.js';
import { t } from './words.js';

export class GrowingList {
  #path;
  #size;
  #draw;
  #items = [];
  #next = null;
  #turn = 0;
  #adding = false;
  #known = false;
  #list = h('div', {}, loading());
  #trouble = h('div');
  #button = h('button', { type: 'button', class: 'plain', click: () => this.#add() }, t('page.more'));
  #more = h('div', { class: 'pager', hidden: true }, this.#button);

  elements = [this.#list, this.#trouble, this.#more];

  /** @param draw what is shown of the items */
  constructor(path, size, draw) {
    this.#path = path;
    this.#size = size;
    this.#draw = draw;
  }

  /** Reads the first page anew; whoever looks at older ones is left alone. */
  async refresh() {
    if (!this.#adding && this.#items.length <= this.#size) {
      await this.#read(null, () => this.refresh());
    }
  }

  async #add() {
    if (this.#adding) {
      return;
    }
    this.#adding = true;
    this.#button.setAttribute('aria-disabled', 'true');
    await this.#read(this.#next, () => this.#add());
    this.#adding = false;
    this.#button.removeAttribute('aria-disabled');
  }

  /** An answer that another question has overtaken is dropped: a list is made of pages that follow each other. */
  async #read(after, retry) {
    this.#turn += 1;
    const mine = this.#turn;
    try {
      const page = await get(`${this.#path}?limit=${this.#size}${after ? `&cursor=${encodeURIComponent(after)}` : ''}`);
      if (mine !== this.#turn) {
        return;
      }
      this.#known = true;
      this.#items = after ? [...this.#items, ...page.data] : page.data;
      this.#next = page.page.next;
      this.#show();
      showNew(this.#trouble, null, () => null);
    } catch (error) {
      if (mine !== this.#turn) {
        return;
      }
      if (!this.#known) {
        show(this.#list);
      }
      showNew(this.#trouble, [after, error.message], () => failure(error, retry));
    }
  }

  #show() {
    showNew(this.#list, this.#items, () => this.#draw(this.#items));
    this.#more.hidden = this.#next === null;
  }

  /** Shows another item in the place of one of them. */
  replace(change) {
    this.#items = this.#items.map(change);
    this.#show();
  }
}
