// What a start would launch, before it does.
import { h } from '../lib/dom.js';
import { t } from '../lib/words.js';
import { StepGraph } from '../queue/graph.js';

export function plan(data, start) {
  const graph = new StepGraph();
  graph.draw(data.steps);
  return h(
    'section',
    { class: 'card plan' },
    h('h2', { tabindex: '-1' }, t('plan.title', { count: data.steps.length })),
    h('p', { class: 'quiet' }, t('plan.hint')),
    graph.element,
    h('div', { class: 'scrolling', tabindex: '0', role: 'region', 'aria-label': t('queue.steps') }, table(data.steps)),
    data.manifests && h('details', {}, h('summary', {}, t('plan.manifests')), h('pre', { tabindex: '0' }, JSON.stringify(data.manifests, null, 2))),
    h('div', { class: 'actions' }, start),
  );
}

const COLUMNS = ['job_name', 'kafka_topic', 'collection_name', 'image'];

function table(steps) {
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('queue.step.number')), COLUMNS.map((column) => h('th', { scope: 'col' }, t(`plan.${column}`))))),
    h('tbody', {}, steps.map((step) => h('tr', {}, h('td', {}, String(step.number)), COLUMNS.map((column) => h('td', {}, h('code', {}, step[column] || '–')))))),
  );
}
