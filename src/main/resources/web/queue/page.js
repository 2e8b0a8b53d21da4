// One queue: where it stands, how its steps hang together, and what has happened to it.
import { get, readTargets } from '../lib/api.js';
import { startBody, startCommand } from '../lib/curl.js';
import { announce, h, show, showNew } from '../lib/dom.js';
import { live } from '../lib/live.js';
import { chip, copyButton, empty, failure, loading, stepBar } from '../lib/parts.js';
import { may } from '../lib/session.js';
import { duration, timeAgo } from '../lib/time.js';
import { name, number, t } from '../lib/words.js';
import { RecordChart } from './chart.js';
import { StepGraph } from './graph.js';
import { history } from './history.js';
import { StopDialog } from './stop.js';
import { endings, StepTable } from './steps.js';
import { troubles } from './troubles.js';

const READ_PAUSE = 1000;
/** What becomes of jobs is not told on the socket. */
const LOOK_AGAIN = 3000;
const ENDED = ['finished', 'stopped', 'error'];

export function queuePage(container, id) {
  const state = h('div', {}, loading());
  const body = h('div', { class: 'queue', hidden: true });
  const parts = Object.fromEntries(['head', 'facts', 'trouble', 'ending', 'history'].map((part) => [part, h('div')]));
  const table = new StepTable();
  const graph = new StepGraph();
  const chart = new RecordChart();
  const stop = new StopDialog(id, () => read());
  let queue = null;
  let targets = [];
  let wasStopping = false;
  let lastRead = 0;
  let due = 0;
  let ended = false;

  body.append(
    parts.head,
    parts.facts,
    parts.trouble,
    parts.ending,
    section('queue.graph', graph.element, table.element),
    section('queue.chart', chart.element),
    section('queue.history', parts.history),
    stop.element,
  );
  container.append(h('nav', { class: 'crumbs', 'aria-label': t('nav.crumbs') }, h('a', { href: '#/queues' }, t('queues.title')), ' / ', h('code', {}, id)), state, body);

  async function read() {
    clearTimeout(due);
    due = 0;
    lastRead = Date.now();
    try {
      const path = `/queues/${encodeURIComponent(id)}`;
      const [shown, events] = await Promise.all([get(path), get(`${path}/events`)]);
      if (!ended) {
        draw(shown.data, events.data);
      }
    } catch (error) {
      if (!ended && (queue === null || error.status === 404)) {
        body.hidden = true;
        show(state, error.status === 404 ? missing() : failure(error, () => location.reload()));
      }
    }
    if (!ended && queue && !ENDED.includes(queue.status)) {
      readIn(LOOK_AGAIN);
    }
  }

  function draw(newest, past) {
    if (queue && newest.version < queue.version) {
      return;
    }
    if (queue && newest.status !== queue.status) {
      announce(t('queue.now', { status: name('status', newest.status) }));
    }
    queue = newest;
    wasStopping ||= queue.status === 'stopping';
    chart.see(queue);
    show(state);
    body.hidden = false;
    showNew(parts.head, [queue.status, targets.length], head);
    show(parts.facts, stepBar(queue.steps), facts(queue));
    showNew(parts.trouble, [queue.error_message, queue.steps.map((step) => [step.error_message, step.pod_log_tail])], () => troubles(queue));
    showNew(parts.ending, [wasStopping, queue.status, queue.steps.map((step) => step.job)], () => wasStopping && endings(queue));
    graph.draw(queue.steps);
    chart.draw();
    table.draw(queue.steps);
    showNew(parts.history, past, () => history(past));
  }

  function head() {
    const again = startBody(queue, targets);
    return h(
      'div',
      { class: 'title' },
      h('h1', {}, `${queue.symbol} · ${name('type', queue.type)}`),
      chip(queue.status),
      h(
        'div',
        { class: 'actions' },
        copyButton(t('queue.curl'), () => startCommand(again)),
        may('operate') && h('a', { class: 'button plain', href: `#/start?body=${encodeURIComponent(JSON.stringify(again))}` }, t('queue.again')),
        may('operate') && !ENDED.includes(queue.status) && h('button', { type: 'button', class: 'danger', disabled: queue.status === 'stopping', click: () => stop.ask(queue) }, t('queue.stop')),
      ),
    );
  }

  function readIn(pause) {
    clearTimeout(due);
    due = setTimeout(read, pause);
  }

  function told(event) {
    if (event.detail.has(id)) {
      readIn(Math.max(0, lastRead + READ_PAUSE - Date.now()));
    }
  }

  const again = () => readIn(0);
  live.addEventListener('updates', told);
  live.addEventListener('gap', again);
  readTargets()
    .then((known) => {
      targets = known;
    })
    // The queue itself is shown without them.
    .catch(() => {})
    .finally(() => ended || read());
  return () => {
    ended = true;
    clearTimeout(due);
    graph.end();
    live.removeEventListener('updates', told);
    live.removeEventListener('gap', again);
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
