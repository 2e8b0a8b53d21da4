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

/** @param draft what was in the form before the page was drawn in another language */
export function startPage(container, query, draft) {
  const content = h('div', {}, loading());
  let form = null;
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
      if (!ended) {
        show(content, failure(error, open));
      }
    }
  }

  function draw(contract, targets) {
    const operation = contract.paths['/queues/start'].post;
    const examples = operation.requestBody.content['application/json'].examples;
    const summary = h('div', { class: 'summary' });
    const outcome = h('div', { class: 'outcome' });
    const check = h('button', { type: 'submit', class: 'primary' }, t('start.check'));
    form = new StartForm(contract, targets, () => forget());
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
    load(draft ?? asked(query) ?? Object.values(examples)[0].value);

    /** What was checked is no longer what is in the form. */
    function forget() {
      show(outcome);
    }

    async function preview(event) {
      event.preventDefault();
      clearFaults(element, summary);
      forget();
      const body = form.body();
      const same = () => !ended && isSame(form.body(), body);
      check.disabled = true;
      try {
        const answer = await post('/queues/start?dry_run=true', body);
        if (!same()) {
          return;
        }
        attempt = attempt && isSame(attempt.body, body) ? attempt : { body, key: freshKey() };
        const start = h('button', { type: 'button', class: 'primary', click: () => launch(start) }, t('start.start'));
        show(outcome, plan(answer.data, start));
        outcome.querySelector('h2').focus();
      } catch (error) {
        if (same()) {
          showFaults(element, summary, error);
        }
      } finally {
        check.disabled = false;
      }
    }

    /** The same request is the same attempt, also when it is checked anew: one that was taken without an answer is not started twice. */
    async function launch(button) {
      button.disabled = true;
      try {
        const answer = await post('/queues/start', attempt.body, { 'Idempotency-Key': attempt.key });
        attempt = null;
        if (!ended) {
          announce(answer.message);
          go(`/queues/${answer.data.queue_id}`);
        }
      } catch (error) {
        button.disabled = false;
        if (!ended) {
          showFaults(element, summary, error);
        }
      }
    }
  }

  open();
  return () => {
    ended = true;
    return form?.body() ?? draft;
  };
}

function isSame(body, other) {
  return JSON.stringify(body) === JSON.stringify(other);
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
