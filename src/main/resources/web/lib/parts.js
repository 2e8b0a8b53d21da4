// Parts that several pages show.
import { announce, h, uniqueId } from './dom.js';
import { name, t } from './words.js';

/** Where a queue, a step or a summary stands. */
export function chip(status, kind = 'status') {
  return h('span', { class: 'chip', 'data-status': status }, name(kind, status));
}

export function loading() {
  return h('div', { class: 'state', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), t('state.loading'));
}

export function empty(title, hint, ...actions) {
  return h('div', { class: 'state' }, h('strong', {}, title), h('p', {}, hint), h('div', { class: 'actions' }, actions));
}

/** What went wrong, and the way to try once more. */
export function failure(error, retry) {
  return h(
    'div',
    { class: 'notice bad', role: 'alert' },
    h('strong', {}, t('state.failed')),
    h('p', { lang: error.language }, error.message),
    retry && h('button', { type: 'button', click: retry }, t('action.retry')),
  );
}

/** One bit for each step, coloured by its status. */
export function stepBar(steps) {
  const done = steps.filter((step) => step.status === 'finished').length;
  const label = t('queue.steps.done', { done, count: steps.length });
  return h(
    'span',
    { class: 'stepbar', role: 'img', 'aria-label': label, title: label },
    steps.map((step) => h('span', { 'data-status': step.status })),
  );
}

/** A button that copies a text and says so. */
export function copyButton(label, text) {
  const button = h('button', { type: 'button', class: 'plain' }, label);
  button.addEventListener('click', async () => {
    const said = t((await copy(typeof text === 'function' ? text() : text)) ? 'action.copied' : 'action.copied.not');
    button.textContent = said;
    announce(said);
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
  return button;
}

/** Whether a text is in the clipboard now. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // It was refused; and browsers give pages that came over plain HTTP from another machine no clipboard.
    return copyOfPage(text);
  }
}

function copyOfPage(text) {
  const focused = document.activeElement;
  const area = h('textarea', { class: 'unseen', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  focused?.focus();
  return copied;
}

/** A field with its label, a hint and a place for its faults; its name is that of the contract. */
export function field(label, control, { path, hint } = {}) {
  const id = uniqueId('field');
  const hintId = `${id}-hint`;
  const faultId = `${id}-fault`;
  control.id = id;
  control.setAttribute('aria-describedby', hint ? `${hintId} ${faultId}` : faultId);
  return h(
    'div',
    { class: 'field', 'data-path': path },
    h('label', { for: id }, label),
    control,
    hint && h('span', { class: 'hint', id: hintId }, hint),
    h('span', { class: 'fault', id: faultId }),
  );
}
