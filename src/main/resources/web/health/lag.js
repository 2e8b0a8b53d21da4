// How far reading from Kafka is behind, for each group and partition.
import { get } from '../lib/api.js';
import { h, showNew } from '../lib/dom.js';
import { empty, failure, loading } from '../lib/parts.js';
import { timeAgo } from '../lib/time.js';
import { number, t } from '../lib/words.js';

const COLUMNS = ['group', 'topic', 'records', 'oldest'];

/** A card, and what reads it anew. */
export function lagCard() {
  const content = h('div', {}, loading());
  async function read() {
    try {
      const lags = (await get('/consumer-lag')).data;
      showNew(content, lags, () => (lags.length ? table(lags) : empty(t('lag.none'), t('lag.none.hint'))));
    } catch (error) {
      showNew(content, error.message, () => failure(error, read));
    }
  }
  return { element: h('section', { class: 'card wide' }, h('h2', {}, t('lag.title')), content), read };
}

function table(lags) {
  return h(
    'div',
    { class: 'scrolling', tabindex: '0', role: 'region', 'aria-label': t('lag.title') },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, COLUMNS.map((column) => h('th', { scope: 'col' }, t(`lag.column.${column}`))))),
      h('tbody', {}, lags.map(row)),
    ),
  );
}

function row(lag) {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, lag.group),
    h('td', {}, h('code', {}, `${lag.topic}-${lag.partition}`)),
    h('td', { class: 'number' }, lag.records ? number(lag.records) : h('span', { class: 'quiet' }, t('lag.up'))),
    h('td', {}, timeAgo(lag.oldest_unread_at)),
  );
}
