// Asks once more before something is done that others notice.
import { h, show, uniqueId } from './dom.js';
import { failure } from './parts.js';

export class Confirmation {
  #act;
  #text = h('p');
  #trouble = h('div');
  #yes;

  /** @param act does it; the question stays, with the reason, when that fails */
  constructor({ title, yes, no, kind, act }) {
    this.#act = act;
    this.#yes = h('button', { type: 'button', class: kind, click: () => this.#do() }, yes);
    const id = uniqueId('question');
    this.element = h(
      'dialog',
      { 'aria-labelledby': id },
      h('h2', { id }, title),
      this.#text,
      this.#trouble,
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'plain', click: () => this.element.close() }, no), this.#yes),
    );
  }

  ask(question) {
    show(this.#trouble);
    this.#text.textContent = question;
    this.#yes.disabled = false;
    this.element.showModal();
  }

  async #do() {
    this.#yes.disabled = true;
    try {
      await this.#act();
      this.element.close();
    } catch (error) {
      show(this.#trouble, failure(error));
      this.#yes.disabled = false;
      this.#yes.focus();
    }
  }
}
