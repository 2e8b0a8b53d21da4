// The faults of a request, shown at the fields that have them.
import { h, show } from './dom.js';
import { t } from './words.js';

const CONTROL = ':scope > :is(input, select, textarea)';

export function clearFaults(form, summary) {
  show(summary);
  for (const field of form.querySelectorAll('.field.faulty')) {
    mark(field, '');
  }
}

function mark(field, message, language) {
  field.classList.toggle('faulty', message !== '');
  const fault = field.querySelector(':scope > .fault');
  fault.textContent = message;
  if (language) {
    fault.lang = language;
  } else {
    fault.removeAttribute('lang');
  }
  // A group of fields has no control of its own.
  const control = field.querySelector(CONTROL);
  if (message) {
    control?.setAttribute('aria-invalid', 'true');
  } else {
    control?.removeAttribute('aria-invalid');
  }
}

/** Shows an error; what belongs to no field is listed above the form. */
export function showFaults(form, summary, error) {
  clearFaults(form, summary);
  const messages = new Map();
  const lines = error.faults.map((fault) => {
    const field = fieldOf(form, fault.field);
    if (field) {
      messages.set(field, [...(messages.get(field) ?? []), fault.message]);
    }
    return line(field, fault, error);
  });
  messages.forEach((texts, field) => mark(field, texts.join('; '), error.language));
  show(
    summary,
    h(
      'div',
      { class: 'notice bad', role: 'alert', tabindex: '-1' },
      h('strong', {}, error.faults.length ? t('form.faults', { count: error.faults.length }) : t('state.failed')),
      error.faults.length ? h('ul', {}, lines) : h('p', { lang: error.language }, error.message),
    ),
  );
  const first = form.querySelector('[aria-invalid]');
  if (first) {
    first.focus();
  } else {
    summary.firstChild.focus();
    summary.scrollIntoView({ block: 'center' });
  }
}

function line(field, fault, { language }) {
  const text = fault.field ? `${fault.field}: ${fault.message}` : fault.message;
  const control = field?.querySelector(CONTROL);
  if (!control) {
    return h('li', { lang: language }, text);
  }
  return h('li', { lang: language }, h('button', { type: 'button', class: 'link', click: () => control.focus() }, text));
}

/** The field of that path, else the first of those that are parts of it, else that of the path that it is a part of. */
function fieldOf(form, path) {
  const fields = [...form.querySelectorAll('.field[data-path]')];
  for (let at = path ?? ''; at; at = at.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, '')) {
    const found = fields.find((field) => field.dataset.path === at) ?? fields.find((field) => field.dataset.path.startsWith(`${at}.`));
    if (found) {
      return found;
    }
  }
  return null;
}
