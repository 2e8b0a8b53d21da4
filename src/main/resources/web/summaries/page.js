// Summaries: one of a thread that is pasted here, and the list of all.
import { get } from '../lib/api.js';
import { h, show } from '../lib/dom.js';
import { chip, empty, failure, loading } from '../lib/parts.js';
import { may } from '../lib/session.js';
import { duration, timeAgo } from '../lib/time.js';
import { name, number, t } from '../lib/words.js';
import { pasteForm } from './paste.js';
import { answer, isOpen } from './answer.js';
import { keyOf } from './keys.js';

const PAGE = 50;
const LOOK_AGAIN = 10_000;

export function summariesPage(container, id) {
  return id ? one(container, id) : all(container);
}

function one(container, id) {
  const content = h('div', {}, loading());
  let timer = 0;
  container.append(h('nav', { class: 'crumbs', 'aria-label': t('nav.crumbs') }, h('a', { href: '#/summaries' }, t('summaries.title')), ' / ', h('code', {}, id)), h('h1', {}, t('summary.title')), content);
  async function read() {
    try {
      const summary = (await get(`/summaries/${encodeURIComponent(keyOf(id) ?? id)}`)).data;
      show(content, answer(summary));
      if (isOpen(summary)) {
        timer = setTimeout(read, 2000);
      }
    } catch (error) {
      show(content, failure(error, read));
    }
  }
  read();
  return () => clearTimeout(timer);
}

function all(container) {
  const list = h('div', {}, loading());
  const more = h('div', { class: 'pager' });
  let shown = [];
  let cursor = null;
  container.append(h('div', { class: 'title' }, h('h1', {}, t('summaries.title'))), may('operate') ? pasteForm(() => read()) : '', h('section', { class: 'card' }, h('h2', {}, t('summaries.made')), list, more));

  async function read(after = null) {
    try {
      const page = await get(`/summaries?limit=${PAGE}${after ? `&cursor=${encodeURIComponent(after)}` : ''}`);
      shown = after ? [...shown, ...page.data] : page.data;
      cursor = page.page.next;
      show(list, shown.length ? table(shown) : empty(t('summaries.none'), t('summaries.none.hint')));
      show(more, cursor && h('button', { type: 'button', class: 'plain', click: () => read(cursor) }, t('page.more')));
    } catch (error) {
      if (shown.length === 0) {
        show(list, failure(error, () => read()));
      }
    }
  }

  const timer = setInterval(() => {
    if (!document.hidden && shown.length <= PAGE) {
      read();
    }
  }, LOOK_AGAIN);
  read();
  return () => clearInterval(timer);
}

const COLUMNS = ['where', 'state', 'coverage', 'tokens', 'time', 'asked'];

function table(summaries) {
  return h(
    'div',
    { class: 'scrolling', tabindex: '0', role: 'region', 'aria-label': t('summaries.made') },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, COLUMNS.map((column) => h('th', { scope: 'col' }, t(`summaries.column.${column}`))))),
      h('tbody', {}, summaries.map(row)),
    ),
  );
}

function row(summary) {
  const { coverage, tokens, thread } = summary;
  const ours = keyOf(summary.id) !== null;
  const where = name('trigger', summary.trigger);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, ours ? h('a', { href: `#/summaries/${encodeURIComponent(summary.id)}` }, where) : where, thread.channel_id && h('code', { class: 'block' }, thread.channel_id)),
    h('td', {}, chip(summary.state, 'made'), summary.error && h('span', { class: 'bad block' }, summary.error)),
    h('td', {}, coverage ? t('summary.coverage', { covered: coverage.covered, count: coverage.messages }) : '–'),
    h('td', { class: 'number' }, tokens ? `${number(tokens.prompt)} + ${number(tokens.answer)}` : '–'),
    h('td', {}, summary.started_at && summary.finished_at ? duration(summary.started_at, summary.finished_at) : '–'),
    h('td', {}, timeAgo(summary.created_at)),
  );
}
