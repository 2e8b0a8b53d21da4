// The faults of a request, shown at the fields that have them.
import { h, show } from './dom.js';
import { t } from './words.js';

export function clearFaults(form, summary) {
  show(summary);
  for (const field of form.querySelectorAll('.field.faulty')) {
    mark(field, '');
  }
}

function mark(field, message) {
  field.classList.toggle('faulty', message !== '');
  field.querySelector('.fault').textContent = message;
  const control = field.querySelector('input, select, textarea');
  if (message) {
    control.setAttribute('aria-invalid', 'true');
  } else {
    control.removeAttribute('aria-invalid');
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
    return line(field, fault);
  });
  messages.forEach((texts, field) => mark(field, texts.join('; ')));
  show(
    summary,
    h(
      'div',
      { class: 'notice bad', role: 'alert' },
      h('strong', {}, error.faults.length ? t('form.faults', { count: error.faults.length }) : t('state.failed')),
      error.faults.length ? h('ul', {}, lines) : h('p', {}, error.message),
    ),
  );
  const first = form.querySelector('[aria-invalid]');
  if (first) {
    first.focus();
  } else {
    summary.scrollIntoView({ block: 'center' });
  }
}

function line(field, fault) {
  const text = fault.field ? `${fault.field}: ${fault.message}` : fault.message;
  if (!field) {
    return h('li', {}, text);
  }
  const jump = () => field.querySelector('input, select, textarea').focus();
  return h('li', {}, h('button', { type: 'button', class: 'link', click: jump }, text));
}

/** The field of that path, or of the path that it is a part of. */
function fieldOf(form, path) {
  const fields = [...form.querySelectorAll('.field[data-path]')];
  for (let at = path ?? ''; at; at = at.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, '')) {
    const found = fields.find((field) => field.dataset.path.split(' ').includes(at));
    if (found) {
      return found;
    }
  }
  return null;
}
