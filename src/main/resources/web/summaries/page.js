// Summaries: one of a thread that is pasted here, and the list of all.
import { get } from '../lib/api.js';
import { h, show, showNew } from '../lib/dom.js';
import { GrowingList } from '../lib/growing.js';
import { chip, empty, failure, loading } from '../lib/parts.js';
import { Reader } from '../lib/reader.js';
import { may } from '../lib/session.js';
import { duration, timeAgo } from '../lib/time.js';
import { name, number, t } from '../lib/words.js';
import { pasteForm } from './paste.js';
import { answer, isOpen } from './answer.js';
import { keyOf } from './keys.js';

const PAGE = 50;
const LOOK_AGAIN = 10_000;
/** While a summary is being made, and after a failure that may pass. */
const LOOK_SOON = 2000;

/** @param draft what was being written before the page was drawn in another language */
export function summariesPage(container, id, draft) {
  return id ? one(container, id) : all(container, draft);
}

function one(container, id) {
  const trouble = h('div');
  const content = h('div', {}, loading());
  const reader = new Reader(read);
  container.append(h('nav', { class: 'crumbs', 'aria-label': t('nav.crumbs') }, h('a', { href: '#/summaries' }, t('summaries.title')), ' / ', h('code', {}, id)), h('h1', {}, t('summary.title')), trouble, content);

  async function read(wanted) {
    try {
      const summary = (await get(`/summaries/${encodeURIComponent(keyOf(id) ?? id)}`)).data;
      if (wanted()) {
        showNew(trouble, null, () => null);
        showNew(content, summary, () => answer(summary));
      }
      return isOpen(summary) ? LOOK_SOON : null;
    } catch (error) {
      if (wanted()) {
        fail(error);
      }
      return error.passing ? LOOK_SOON : null;
    }
  }

  function fail(error) {
    content.querySelector('.spinner')?.parentElement.remove();
    if (error.status === 404) {
      show(trouble);
      showNew(content, 'missing', () => empty(t('summary.missing'), t('summary.missing.hint'), h('a', { class: 'button', href: '#/summaries' }, t('summary.missing.back'))));
    } else {
      showNew(trouble, error.message, () => failure(error, () => reader.now()));
    }
  }

  reader.now();
  return () => reader.end();
}

function all(container, draft) {
  const list = new GrowingList('/summaries', PAGE, (summaries) => (summaries.length ? table(summaries) : empty(t('summaries.none'), t('summaries.none.hint'))));
  const paste = may('operate') ? pasteForm(() => list.refresh(), draft) : null;
  container.append(h('div', { class: 'title' }, h('h1', {}, t('summaries.title'))), paste?.element ?? '', h('section', { class: 'card' }, h('h2', {}, t('summaries.made')), list.elements));
  const timer = setInterval(() => document.hidden || list.refresh(), LOOK_AGAIN);
  list.refresh();
  return () => {
    clearInterval(timer);
    return paste?.end();
  };
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
    h('td', {}, chip(summary.state, 'made'), summary.error && h('span', { class: 'bad block', lang: 'en' }, summary.error)),
    h('td', {}, coverage ? t('summary.coverage', { covered: coverage.covered, count: coverage.messages }) : '–'),
    h('td', { class: 'number' }, tokens ? `${number(tokens.prompt)} + ${number(tokens.answer)}` : '–'),
    h('td', {}, summary.started_at && summary.finished_at ? duration(summary.started_at, summary.finished_at) : '–'),
    h('td', {}, timeAgo(summary.created_at)),
  );
}
