// The list of queues: one page of it, always true.
import { get } from '../lib/api.js';
import { h, show } from '../lib/dom.js';
import { live } from '../lib/live.js';
import { empty, failure, loading } from '../lib/parts.js';
import { amend } from '../lib/router.js';
import { may } from '../lib/session.js';
import { t } from '../lib/words.js';
import { filters, isFiltered } from './filters.js';
import { QueueRows } from './rows.js';

const PAGE = 50;
/** However fast news come, the list is not read more often. */
const READ_PAUSE = 2000;

export function queuesPage(container, query) {
  const rows = new QueueRows();
  const state = h('div', { 'aria-live': 'polite' });
  const previous = h('button', { type: 'button', class: 'plain', disabled: true, click: () => back() }, t('page.previous'));
  const next = h('button', { type: 'button', class: 'plain', disabled: true, click: () => forward() }, t('page.next'));
  const place = h('span', { class: 'quiet' });
  const pager = h('nav', { class: 'pager', 'aria-label': t('page.label') }, previous, place, next);
  let cursors = [null];
  let following = null;
  let lastRead = 0;
  let due = 0;
  let reading = 0;
  let ended = false;

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
    rows.clear();
    read(true);
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
    rows.clear();
    read(true);
    scrollTo(0, 0);
  }

  async function read(first = false) {
    clearTimeout(due);
    due = 0;
    lastRead = Date.now();
    reading += 1;
    const mine = reading;
    if (first) {
      show(state, loading());
      pager.hidden = true;
    }
    const wanted = new URLSearchParams(query);
    wanted.set('limit', PAGE);
    if (cursors.at(-1)) {
      wanted.set('cursor', cursors.at(-1));
    }
    try {
      const answer = await get(`/queues?${wanted}`);
      if (mine === reading && !ended) {
        draw(answer);
      }
    } catch (error) {
      if (mine === reading && !ended && (rows.isEmpty() || error.status >= 400)) {
        rows.clear();
        show(state, failure(error, () => read(true)));
      }
    }
  }

  function draw(answer) {
    following = answer.page.next;
    rows.show(answer.data, cursors.length === 1);
    pager.hidden = cursors.length === 1 && !following;
    previous.disabled = cursors.length === 1;
    next.disabled = !following;
    show(place, t('page.number', { n: cursors.length }));
    show(state, answer.data.length === 0 && nothing());
  }

  function nothing() {
    if (isFiltered(query)) {
      return empty(t('queues.none.filtered'), t('queues.none.filtered.hint'), h('a', { class: 'button', href: '#/queues' }, t('queues.filter.clear')));
    }
    return may('operate')
      ? empty(t('queues.none'), t('queues.none.hint'), h('a', { class: 'button primary', href: '#/start' }, t('queues.start')))
      : empty(t('queues.none'), t('queues.none.watch'));
  }

  /** Reads soon, at once when the last time is long ago. */
  function readSoon() {
    due ||= setTimeout(() => read(), Math.max(150, lastRead + READ_PAUSE - Date.now()));
  }

  function told(event) {
    if (rows.update(event.detail)) {
      readSoon();
    }
  }

  live.addEventListener('updates', told);
  live.addEventListener('gap', readSoon);
  const ticking = setInterval(() => rows.tick(), 1000);
  read(true);
  return () => {
    ended = true;
    clearTimeout(due);
    clearInterval(ticking);
    live.removeEventListener('updates', told);
    live.removeEventListener('gap', readSoon);
  };
}
