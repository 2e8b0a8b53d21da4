// A thread that is pasted is summarised here.
import { get, post } from '../lib/api.js';
import { announce, h, setText, show } from '../lib/dom.js';
import { clearFaults, showFaults } from '../lib/faults.js';
import { field } from '../lib/parts.js';
import { number, t } from '../lib/words.js';
import { answer, isOpen } from './answer.js';
import { keep } from './keys.js';
import { people, read } from './thread.js';

/** A model on a small machine takes its time. */
const PATIENCE = 180_000;
const LOOK_AGAIN = 2000;

/**
 * @param made called when there is another summary
 * @param draft what was in the form, and the key of what it was made of, before it was drawn in another language
 */
export function pasteForm(made, draft) {
  const text = h('textarea', { rows: 7, name: 'thread', spellcheck: 'false', placeholder: t('paste.example'), input: () => count() });
  const who = h('p', { class: 'quiet', 'aria-live': 'polite' });
  const button = h('button', { type: 'submit', class: 'primary' }, t('paste.submit'));
  const going = h('span', { class: 'quiet', role: 'status' });
  const faults = h('div');
  const result = h('div');
  let key = draft?.key ?? null;
  let ended = false;
  const form = h(
    'form',
    { class: 'card', novalidate: true, submit: (event) => submit(event) },
    h('h2', {}, t('paste.title')),
    faults,
    field(t('paste.label'), text, { path: 'messages', hint: t('paste.hint') }),
    who,
    h('div', { class: 'actions' }, button, going),
  );

  function count() {
    const { messages } = read(text.value);
    const said = people(messages);
    const most = said.slice(0, 8).map(([user, times]) => `${user} (${number(times)})`);
    setText(who, messages.length ? `${t('paste.count', { count: messages.length })}: ${most.join(', ')}${said.length > 8 ? ' …' : ''}` : '');
  }

  async function submit(event) {
    event.preventDefault();
    clearFaults(form, faults);
    show(result);
    key = null;
    const { messages, wrongLine } = read(text.value);
    if (messages.length === 0) {
      const message = wrongLine ? t('paste.wrong.line', { n: wrongLine }) : t('paste.empty');
      showFaults(form, faults, { message, faults: [{ field: 'messages', message }] });
      return;
    }
    await work(async () => {
      const summary = (await post('/summaries', { messages }, {}, PATIENCE)).data;
      await keep(summary.id);
      key = summary.id;
      await follow(summary);
    });
  }

  /** Does it while the page says for how long; what comes of it after the page was left is not told. */
  async function work(act) {
    const began = Date.now();
    const tell = () => setText(going, t('paste.going', { n: Math.round((Date.now() - began) / 1000) }));
    const timer = setInterval(tell, 1000);
    tell();
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      if (!ended) {
        showFaults(form, faults, error);
      }
    } finally {
      clearInterval(timer);
      setText(going, '');
      button.disabled = false;
    }
  }

  /** Waits for the end of a summary; an answer that fails to come is asked for again. */
  async function follow(begun) {
    let summary = begun;
    while (!ended && (summary === null || isOpen(summary))) {
      try {
        summary = (await get(`/summaries/${encodeURIComponent(key)}`)).data;
      } catch (error) {
        if (!error.passing) {
          throw error;
        }
      }
      if (summary === null || isOpen(summary)) {
        await new Promise((resolve) => {
          setTimeout(resolve, LOOK_AGAIN);
        });
      }
    }
    if (!ended) {
      show(result, answer(summary));
      announce(t('paste.done'));
      made();
    }
  }

  text.value = draft?.text ?? '';
  count();
  if (key !== null) {
    work(() => follow(null));
  }

  function end() {
    ended = true;
    return { text: text.value, key };
  }

  return { element: h('div', {}, form, result), end };
}
