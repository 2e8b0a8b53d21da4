// One queue: where it stands, how its steps hang together, and what has happened to it.
import { get, readTargets } from '../lib/api.js';
import { announce, h, show, showNew } from '../lib/dom.js';
import { live } from '../lib/live.js';
import { empty, failure, loading, stepBar } from '../lib/parts.js';
import { Reader } from '../lib/reader.js';
import { entitle } from '../lib/router.js';
import { duration, timeAgo } from '../lib/time.js';
import { name, number, t } from '../lib/words.js';
import { RecordChart } from './chart.js';
import { StepGraph } from './graph.js';
import { QueueHead } from './head.js';
import { history } from './history.js';
import { StopDialog } from './stop.js';
import { endings, StepTable } from './steps.js';
import { troubles } from './troubles.js';

const READ_PAUSE = 1000;
/** What becomes of jobs is not told on the socket. */
const LOOK_AGAIN = 3000;
/** After a failure that may pass. */
const RETRY = 5000;
const STOPPED = ['stopping', 'stopped'];
const ENDED = ['finished', 'stopped', 'error'];

export function queuePage(container, id) {
  const state = h('div', {}, loading());
  const body = h('div', { class: 'queue', hidden: true });
  const parts = Object.fromEntries(['facts', 'trouble', 'ending', 'history'].map((part) => [part, h('div')]));
  const table = new StepTable();
  const graph = new StepGraph();
  const chart = new RecordChart();
  const reader = new Reader(read, READ_PAUSE);
  const stop = new StopDialog(id, () => reader.now());
  const head = new QueueHead(() => stop.ask(queue));
  let queue = null;
  let targets = null;
  let wasStopping = false;

  body.append(
    head.element,
    parts.facts,
    parts.trouble,
    parts.ending,
    section('queue.graph', graph.element, table.element),
    section('queue.chart', chart.element),
    section('queue.history', parts.history),
    stop.element,
  );
  container.append(h('nav', { class: 'crumbs', 'aria-label': t('nav.crumbs') }, h('a', { href: '#/queues' }, t('queues.title')), ' / ', h('code', {}, id)), state, body);

  async function read(wanted) {
    try {
      const path = `/queues/${encodeURIComponent(id)}`;
      const [shown, events] = await Promise.all([get(path), get(`${path}/events`), readTargets().then(know, () => {})]);
      if (wanted()) {
        draw(shown.data, events.data);
      }
    } catch (error) {
      if (wanted()) {
        fail(error);
      }
      return error.passing ? RETRY : null;
    }
    return targets && ENDED.includes(queue?.status) ? null : LOOK_AGAIN;
  }

  /** Without the targets the queue is still shown. */
  function know(known) {
    targets = known;
  }

  function fail(error) {
    if (error.status === 404) {
      body.hidden = true;
      entitle(t('queue.missing'));
      showNew(state, 'missing', missing);
    } else {
      showNew(state, ['failed', error.message], () => failure(error, () => reader.now()));
    }
  }

  function draw(newest, past) {
    showNew(state, null, () => null);
    if (queue && newest.version < queue.version) {
      return;
    }
    if (queue && newest.status !== queue.status) {
      announce(t('queue.now', { status: name('status', newest.status) }));
    }
    queue = newest;
    wasStopping ||= STOPPED.includes(queue.status);
    chart.see(queue);
    body.hidden = false;
    head.draw(queue, targets);
    show(parts.facts, stepBar(queue.steps), facts(queue));
    showNew(parts.trouble, [queue.error_message, queue.steps.map((step) => [step.error_message, step.pod_log_tail])], () => troubles(queue));
    showNew(parts.ending, [wasStopping, queue.status, queue.steps.map((step) => step.job)], () => wasStopping && endings(queue));
    graph.draw(queue.steps);
    chart.draw();
    table.draw(queue.steps);
    showNew(parts.history, past, () => history(past));
  }

  function told(event) {
    if (event.detail.has(id)) {
      reader.soon();
    }
  }

  const gap = () => reader.soon();
  live.addEventListener('updates', told);
  live.addEventListener('gap', gap);
  // The dialog gives the focus back to a button that may be gone by now.
  stop.element.addEventListener('close', () => head.keepFocus());
  reader.now();
  return () => {
    reader.end();
    graph.end();
    live.removeEventListener('updates', told);
    live.removeEventListener('gap', gap);
  };
}

function missing() {
  return empty(t('queue.missing'), t('queue.missing.hint'), h('a', { class: 'button', href: '#/queues' }, t('missing.back')));
}

function section(title, ...content) {
  return h('section', { class: 'card' }, h('h2', {}, t(title)), content);
}

function facts(queue) {
  const fact = (label, value) => h('div', {}, h('dt', {}, t(label)), h('dd', {}, value));
  return h(
    'dl',
    { class: 'facts' },
    fact('queue.records', number(queue.records_written)),
    fact('queue.range', h('span', { class: 'range' }, `${queue.start_time} – ${queue.end_time}`)),
    fact('queue.created', timeAgo(queue.created_at)),
    fact('queue.duration', queue.started_at ? duration(queue.started_at, queue.finished_at) : '–'),
    fact('queue.by', queue.requested_by ?? '–'),
    fact('queue.topic', h('code', {}, queue.kafka_topic)),
  );
}
