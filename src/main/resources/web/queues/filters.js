// What of the queues is shown.
import { readContract, readTargets } from '../lib/api.js';
import { h, show, uniqueId } from '../lib/dom.js';
import { go } from '../lib/router.js';
import { name, t } from '../lib/words.js';

const KEYS = ['status', 'symbol', 'target', 'type'];
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isFiltered(query) {
  return KEYS.some((key) => query.has(key));
}

/** The filters of a query, which they change; then changed is called. */
export function filters(query, changed) {
  const statuses = h('div', { class: 'toggles', role: 'group', 'aria-label': t('queues.filter.status') });
  const target = h('select', { 'aria-label': t('queues.filter.target'), change: () => set('target', target.value) });
  const listId = uniqueId('types');
  const types = h('datalist', { id: listId });
  const type = h('input', { type: 'text', list: listId, 'aria-label': t('queues.filter.type'), placeholder: t('queues.filter.type'), value: query.get('type') ?? '', change: () => set('type', type.value.trim()) });
  const hint = h('span', { class: 'fault', role: 'status' });
  const search = h('input', { type: 'search', name: 'search', 'aria-label': t('queues.search'), placeholder: t('queues.search'), value: query.get('symbol') ?? '' });
  const form = h('form', { class: 'filters', role: 'search', submit: (event) => event.preventDefault() }, h('div', { class: 'searching' }, search, hint), target, type, types, statuses);

  function set(key, value) {
    query.delete(key);
    if (value) {
      query.set(key, value);
    }
    changed();
  }

  function look() {
    const wanted = search.value.trim();
    hint.textContent = '';
    if (ID.test(wanted)) {
      go(`/queues/${wanted.toLowerCase()}`);
    } else if (wanted === '' || /^[A-Za-z0-9]{2,20}$/.test(wanted)) {
      set('symbol', wanted.toUpperCase());
    } else {
      hint.textContent = t('queues.search.wrong');
    }
  }

  function toggle(status, button) {
    const on = button.getAttribute('aria-pressed') !== 'true';
    const chosen = query.getAll('status').filter((other) => other !== status);
    button.setAttribute('aria-pressed', String(on));
    query.delete('status');
    (on ? [...chosen, status] : chosen).forEach((each) => query.append('status', each));
    changed();
  }

  search.addEventListener('change', look);
  search.addEventListener('search', look);
  show(target, h('option', { value: '' }, t('queues.filter.target.any')));
  readContract()
    .then((contract) => {
      const words = contract.components.schemas.Status.enum;
      show(
        statuses,
        words.map((status) => {
          const button = h('button', { type: 'button', class: 'toggle', 'data-status': status, 'aria-pressed': String(query.getAll('status').includes(status)) }, name('status', status));
          button.addEventListener('click', () => toggle(status, button));
          return button;
        }),
      );
      return readTargets();
    })
    .then((targets) => {
      target.append(...targets.map((each) => h('option', { value: each.name, selected: each.name === query.get('target') }, each.name)));
      const known = new Set(targets.flatMap((each) => [...each.types.bounded, ...each.types.endless]).filter((each) => !each.includes('*')));
      show(types, ['pipeline', ...known].map((each) => h('option', { value: each })));
    })
    // The list below says what is the matter; it works without these.
    .catch(() => {});
  return form;
}
