// Messages that could not be processed: what was wrong with each, what it says, and the way to send it again.
import { post } from '../lib/api.js';
import { Confirmation } from '../lib/confirmation.js';
import { announce, h } from '../lib/dom.js';
import { GrowingList } from '../lib/growing.js';
import { chip, empty } from '../lib/parts.js';
import { may } from '../lib/session.js';
import { timeAgo } from '../lib/time.js';
import { t } from '../lib/words.js';

const PAGE = 10;

/** A card, and what reads its first page anew. */
export function lettersCard() {
  return new Letters();
}

class Letters {
  #list = new GrowingList('/dead-letters', PAGE, (letters) => this.#draw(letters));
  #asked = null;
  #question = new Confirmation({
    title: t('letters.ask.title'),
    yes: t('letters.ask.yes'),
    no: t('letters.ask.no'),
    kind: 'primary',
    act: () => this.#send(this.#asked),
  });

  constructor() {
    this.element = h('section', { class: 'card wide' }, h('h2', {}, t('letters.title')), this.#list.elements, this.#question.element);
  }

  /** Whoever is being asked is left alone. */
  async read() {
    if (!this.#question.element.open) {
      await this.#list.refresh();
    }
  }

  #draw(letters) {
    return letters.length ? h('ol', { class: 'letters' }, letters.map((letter) => this.#item(letter))) : empty(t('letters.none'), t('letters.none.hint'));
  }

  #item(letter) {
    const { source, resent } = letter;
    const place = source ? `${source.topic}-${source.partition}-${source.offset}` : letter.id;
    return h(
      'li',
      { 'data-letter': letter.id, tabindex: '-1' },
      h('div', { class: 'head' }, chip(resent ? 'finished' : 'failed', 'letter'), h('code', {}, place), h('span', { class: 'quiet' }, timeAgo(letter.at)), letter.key !== null && h('span', { class: 'quiet' }, t('letters.key'), ' ', h('code', {}, letter.key))),
      letter.error === null ? h('p', { class: 'bad' }, t('letters.foreign')) : h('p', { class: 'bad', lang: 'en' }, letter.error),
      letter.resent_from && h('p', { class: 'quiet' }, t('letters.back', { place: letter.resent_from })),
      letter.value === null ? h('p', { class: 'quiet' }, t('letters.tombstone')) : h('pre', { tabindex: '0', 'aria-label': `${t('letters.value')} ${place}` }, letter.value),
      letter.value_cut && h('p', { class: 'quiet' }, t('letters.cut', { count: letter.value_bytes })),
      resent ? h('p', { class: 'quiet' }, t('letters.resent', { by: resent.by }), ' ', timeAgo(resent.at)) : letter.resendable ? may('operate') && this.#button(letter, place) : source && h('p', { class: 'quiet' }, t('letters.partial')),
    );
  }

  #button(letter, place) {
    const ask = () => {
      this.#asked = letter;
      this.#question.ask(t('letters.ask', { topic: letter.source.topic }));
    };
    return h('button', { type: 'button', class: 'plain', 'aria-label': `${t('letters.send')} ${place}`, click: ask }, t('letters.send'));
  }

  async #send(letter) {
    const { resent } = (await post(`/dead-letters/${encodeURIComponent(letter.id)}/resend`, null)).data;
    this.#list.replace((one) => (one.id === letter.id ? { ...one, resent } : one));
    announce(t('letters.sent'));
    const place = [...this.element.querySelectorAll('[data-letter]')].find((item) => item.dataset.letter === letter.id);
    // The dialog gives the focus back to a button that is gone by now.
    setTimeout(() => place?.focus({ preventScroll: true }));
  }
}
