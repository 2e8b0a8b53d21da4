// Starting a queue: the form, what would be launched, and then the start.
import { post, readContract, readTargets } from '../lib/api.js';
import { startCommand } from '../lib/curl.js';
import { announce, h, show } from '../lib/dom.js';
import { clearFaults, showFaults } from '../lib/faults.js';
import { copyButton, failure, loading } from '../lib/parts.js';
import { go } from '../lib/router.js';
import { t } from '../lib/words.js';
import { StartForm } from './form.js';
import { plan } from './plan.js';

export function startPage(container, query) {
  const content = h('div', {}, loading());
  let ended = false;
  container.append(h('div', { class: 'title' }, h('h1', {}, t('start.title'))), content);

  async function open() {
    show(content, loading());
    try {
      const [contract, targets] = await Promise.all([readContract(), readTargets()]);
      if (!ended) {
        draw(contract, targets);
      }
    } catch (error) {
      show(content, failure(error, open));
    }
  }

  function draw(contract, targets) {
    const operation = contract.paths['/queues/start'].post;
    const examples = operation.requestBody.content['application/json'].examples;
    const summary = h('div', { class: 'summary' });
    const outcome = h('div', { class: 'outcome' });
    const check = h('button', { type: 'submit', class: 'primary' }, t('start.check'));
    const form = new StartForm(contract, targets, () => forget());
    let attempt = null;

    const element = h(
      'form',
      { class: 'start', novalidate: true, submit: (event) => preview(event) },
      summary,
      form.element,
      h('div', { class: 'actions' }, check, copyButton(t('queue.curl'), () => startCommand(form.body()))),
    );
    const load = (body) => {
      form.load(structuredClone(body));
      clearFaults(element, summary);
      forget();
    };
    show(
      content,
      h(
        'div',
        { class: 'examples', role: 'group', 'aria-label': t('start.examples') },
        h('span', { class: 'quiet' }, t('start.examples')),
        Object.entries(examples).map(([key, example]) => h('button', { type: 'button', class: 'plain', click: () => load(example.value) }, known(`example.${key}`, example.summary ?? key))),
      ),
      element,
      outcome,
    );
    load(asked(query) ?? Object.values(examples)[0].value);

    /** What was checked is no longer what is in the form. */
    function forget() {
      attempt = null;
      show(outcome);
    }

    async function preview(event) {
      event.preventDefault();
      clearFaults(element, summary);
      forget();
      const body = form.body();
      check.disabled = true;
      try {
        const answer = await post('/queues/start?dry_run=true', body);
        attempt = { body, key: freshKey() };
        const start = h('button', { type: 'button', class: 'primary', click: () => launch(start) }, t('start.start'));
        show(outcome, plan(answer.data, start));
        outcome.querySelector('h2').focus();
      } catch (error) {
        showFaults(element, summary, error);
      } finally {
        check.disabled = false;
      }
    }

    /** Tried again after an error it is the same attempt: nothing is started twice. */
    async function launch(button) {
      button.disabled = true;
      try {
        const answer = await post('/queues/start', attempt.body, { 'Idempotency-Key': attempt.key });
        announce(answer.message);
        go(`/queues/${answer.data.queue_id}`);
      } catch (error) {
        button.disabled = false;
        showFaults(element, summary, error);
      }
    }
  }

  open();
  return () => {
    ended = true;
  };
}

function known(key, otherwise) {
  const words = t(key);
  return words === key ? otherwise : words;
}

function asked(query) {
  try {
    return JSON.parse(query.get('body'));
  } catch {
    return null;
  }
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `dashboard-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
