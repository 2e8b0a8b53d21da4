// The list of queues: one page of it, always true.
import { get } from '../lib/api.js';
import { h, show, showNew } from '../lib/dom.js';
import { live } from '../lib/live.js';
import { empty, failure, loading } from '../lib/parts.js';
import { Reader } from '../lib/reader.js';
import { amend } from '../lib/router.js';
import { may } from '../lib/session.js';
import { t } from '../lib/words.js';
import { filters, isFiltered } from './filters.js';
import { QueueRows } from './rows.js';

const PAGE = 50;
/** After a failure that may pass. */
const RETRY = 5000;

export function queuesPage(container, query) {
  const rows = new QueueRows();
  const state = h('div', { 'aria-live': 'polite' });
  const previous = h('button', { type: 'button', class: 'plain', disabled: true, click: () => back() }, t('page.previous'));
  const next = h('button', { type: 'button', class: 'plain', disabled: true, click: () => forward() }, t('page.next'));
  const place = h('span', { class: 'quiet' });
  const pager = h('nav', { class: 'pager', 'aria-label': t('page.label') }, previous, place, next);
  let cursors = [null];
  let following = null;
  const reader = new Reader(read);

  container.append(
    h('div', { class: 'title' }, h('h1', {}, t('queues.title')), may('operate') && h('a', { class: 'button primary', href: '#/start' }, t('queues.start'))),
    filters(query, () => anew()),
    state,
    rows.element,
    pager,
  );

  function anew() {
    amend('/queues', query);
    cursors = [null];
    open();
  }

  function forward() {
    cursors.push(following);
    turn();
  }

  function back() {
    cursors.pop();
    turn();
  }

  function turn() {
    open();
    scrollTo(0, 0);
  }

  /** Shows another page of the list. */
  function open() {
    rows.clear();
    showNew(state, 'loading', loading);
    pager.hidden = true;
    reader.now();
  }

  async function read(wanted) {
    const asked = new URLSearchParams(query);
    asked.set('limit', PAGE);
    if (cursors.at(-1)) {
      asked.set('cursor', cursors.at(-1));
    }
    try {
      const answer = await get(`/queues?${asked}`);
      if (wanted()) {
        draw(answer);
      }
      return null;
    } catch (error) {
      if (wanted()) {
        showNew(state, ['failed', error.message], () => failure(error, () => reader.now()));
      }
      return error.passing ? RETRY : null;
    }
  }

  function draw(answer) {
    following = answer.page.next;
    rows.show(answer.data, cursors.length === 1);
    pager.hidden = cursors.length === 1 && !following;
    previous.disabled = cursors.length === 1;
    next.disabled = !following;
    show(place, t('page.number', { n: cursors.length }));
    showNew(state, answer.data.length === 0 && [isFiltered(query)], () => answer.data.length === 0 && nothing());
  }

  function nothing() {
    if (isFiltered(query)) {
      return empty(t('queues.none.filtered'), t('queues.none.filtered.hint'), h('a', { class: 'button', href: '#/queues' }, t('queues.filter.clear')));
    }
    return may('operate')
      ? empty(t('queues.none'), t('queues.none.hint'), h('a', { class: 'button primary', href: '#/start' }, t('queues.start')))
      : empty(t('queues.none'), t('queues.none.watch'));
  }

  function told(event) {
    if (rows.update(event.detail)) {
      reader.soon();
    }
  }

  const gap = () => reader.soon();
  live.addEventListener('updates', told);
  live.addEventListener('gap', gap);
  const ticking = setInterval(() => rows.tick(), 1000);
  open();
  return () => {
    reader.end();
    clearInterval(ticking);
    live.removeEventListener('updates', told);
    live.removeEventListener('gap', gap);
  };
}
