// Where a stranger says who they are.
import { announce, h, show } from '../lib/dom.js';
import { failure, field } from '../lib/parts.js';
import { logIn, readSession } from '../lib/session.js';
import { t } from '../lib/words.js';

/** @param entered called once the service knows who it is */
export function loginPage(container, entered) {
  const token = h('input', { type: 'password', name: 'token', autocomplete: 'off', spellcheck: 'false', required: true });
  const trouble = h('div');
  const button = h('button', { type: 'submit', class: 'primary' }, t('login.submit'));
  container.append(
    h(
      'form',
      { class: 'card login', submit: (event) => submit(event) },
      h('h1', {}, t('login.title')),
      trouble,
      field(t('login.token'), token, { hint: t('login.hint') }),
      h('div', { class: 'actions' }, button),
    ),
  );
  token.focus();

  async function submit(event) {
    event.preventDefault();
    show(trouble);
    button.disabled = true;
    try {
      await logIn(token.value.trim());
      token.value = '';
      if ((await readSession()) === null) {
        throw new Error(t('login.cookie'));
      }
      announce(t('login.done'));
      entered();
    } catch (error) {
      show(trouble, failure(error.status === 401 ? new Error(t('login.wrong')) : error));
      token.focus();
    } finally {
      button.disabled = false;
    }
  }
}
