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

export function pasteForm(made) {
  const text = h('textarea', { rows: 7, name: 'thread', spellcheck: 'false', placeholder: t('paste.example'), input: () => count() });
  const who = h('p', { class: 'quiet', 'aria-live': 'polite' });
  const button = h('button', { type: 'submit', class: 'primary' }, t('paste.submit'));
  const going = h('span', { class: 'quiet', role: 'status' });
  const faults = h('div');
  const result = h('div');
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
    const { messages, wrongLine } = read(text.value);
    if (messages.length === 0) {
      const message = wrongLine ? t('paste.wrong.line', { n: wrongLine }) : t('paste.empty');
      showFaults(form, faults, { message, faults: [{ field: 'messages', message }] });
      return;
    }
    await summarise(messages);
  }

  async function summarise(messages) {
    const began = Date.now();
    const timer = setInterval(() => setText(going, t('paste.going', { n: Math.round((Date.now() - began) / 1000) })), 1000);
    setText(going, t('paste.going', { n: 0 }));
    button.disabled = true;
    try {
      let summary = (await post('/summaries', { messages }, {}, PATIENCE)).data;
      const key = summary.id;
      await keep(key);
      while (isOpen(summary) && form.isConnected) {
        await new Promise((resolve) => {
          setTimeout(resolve, LOOK_AGAIN);
        });
        summary = (await get(`/summaries/${encodeURIComponent(key)}`)).data;
      }
      show(result, answer(summary));
      announce(t('paste.done'));
      made();
    } catch (error) {
      showFaults(form, faults, error);
    } finally {
      clearInterval(timer);
      setText(going, '');
      button.disabled = false;
    }
  }

  return h('div', {}, form, result);
}
