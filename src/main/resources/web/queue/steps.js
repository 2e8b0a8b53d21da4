// The steps of a queue as a table, and how far their end is while it is stopped.
import { h, show } from '../lib/dom.js';
import { chip } from '../lib/parts.js';
import { duration, timeAgo } from '../lib/time.js';
import { name, number, t } from '../lib/words.js';

const COLUMNS = ['number', 'target', 'status', 'records', 'time', 'seen', 'job'];

export class StepTable {
  #body = h('tbody');

  element = h(
    'div',
    { class: 'scrolling', tabindex: '0', role: 'region', 'aria-label': t('queue.steps') },
    h('table', {}, h('thead', {}, h('tr', {}, COLUMNS.map((column) => h('th', { scope: 'col' }, t(`queue.step.${column}`))))), this.#body),
  );

  draw(steps) {
    show(this.#body, steps.map(row));
  }
}

function row(step) {
  return h(
    'tr',
    {},
    h('td', {}, String(step.number)),
    h('th', { scope: 'row' }, step.target, h('span', { class: 'quiet block' }, step.type)),
    h('td', {}, chip(step.status)),
    h('td', { class: 'number' }, number(step.records_written), step.bad_records > 0 && h('span', { class: 'bad block' }, t('queue.step.bad', { count: step.bad_records }))),
    h('td', {}, step.started_at ? duration(step.started_at, step.finished_at) : '–'),
    h('td', {}, timeAgo(step.last_seen_at)),
    h('td', {}, h('code', {}, step.job_name)),
  );
}

const ENDINGS = ['asked', 'deleted', 'gone'];

/** From asked to gone, step by step. */
export function endings(queue) {
  const started = queue.steps.filter((step) => step.job?.phase !== 'none');
  if (started.length === 0) {
    return null;
  }
  return h(
    'section',
    { class: 'card', 'aria-live': 'polite' },
    h('h2', {}, t(queue.status === 'stopping' ? 'stop.going' : 'stop.done')),
    h(
      'ul',
      { class: 'endings' },
      started.map((step) => h('li', {}, h('span', {}, `${step.number}. ${step.target}`), ladder(step.job.ending))),
    ),
  );
}

function ladder(ending) {
  if (ending === 'ended by itself') {
    return h('span', { class: 'ladder' }, h('span', { class: 'reached' }, t('stop.phase.ended')));
  }
  const reached = ENDINGS.indexOf(ending);
  return h(
    'span',
    { class: 'ladder' },
    ENDINGS.map((phase, at) => h('span', { class: at <= reached ? 'reached' : '', 'aria-current': at === reached ? 'step' : null }, name('stop.phase', phase))),
  );
}
