// The page as a whole: what is around the pages, and which of them is shown.
import { announce, h, show } from './lib/dom.js';
import { live } from './lib/live.js';
import { failure } from './lib/parts.js';
import { address, entitle } from './lib/router.js';
import { forgetSession, may, readSession, session } from './lib/session.js';
import { keepTimes } from './lib/time.js';
import { preferredLanguage, speak, t } from './lib/words.js';
import { SECTIONS, shell } from './shell.js';
import { healthPage } from './health/page.js';
import { loginPage } from './login/page.js';
import { queuePage } from './queue/page.js';
import { queuesPage } from './queues/page.js';
import { startPage } from './start/page.js';
import { summariesPage } from './summaries/page.js';

let leave = () => {};
let main = null;

/**
 * Shows the page of the present address; each page gives what ends it.
 *
 * @param draft what was being written on the same page
 */
function route(draft) {
  const { parts, query } = address();
  leave();
  leave = () => {};
  const container = h('div', { class: 'page' });
  show(main, container);
  if (session() === null) {
    loginPage(container, enter);
    entitle(t('login.title'));
    return;
  }
  const [section = 'queues', id] = parts;
  for (const link of document.querySelectorAll('nav a[data-section]')) {
    if (link.dataset.section === section) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  // Where a page learns its title later, it sets it itself.
  entitle(t(SECTIONS.includes(section) ? `nav.${section}` : 'title'));
  leave = open(section, id, container, query, draft) ?? (() => {});
  const title = container.querySelector('h1')?.textContent;
  if (title) {
    entitle(title);
  }
}

function open(section, id, container, query, draft) {
  switch (section) {
    case 'queues':
      return id ? queuePage(container, id) : queuesPage(container, query);
    case 'start':
      return may('operate') ? startPage(container, query, draft) : nothingThere(container);
    case 'summaries':
      return summariesPage(container, id, draft);
    case 'health':
      return healthPage(container);
    default:
      return nothingThere(container);
  }
}

function nothingThere(container) {
  container.append(h('h1', {}, t('missing.title')), h('p', {}, h('a', { href: '#/queues' }, t('missing.back'))));
}

/** Draws everything, also anew in another language: what is being written stays. */
function draw() {
  const draft = leave();
  leave = () => {};
  main = h('main', { id: 'main', tabindex: '-1' });
  show(document.getElementById('app'), shell(main, draw, part));
  route(draft);
}

/** Somebody has come. */
function enter() {
  draw();
  live.start();
}

/** Whoever was here has left, or is not known any more. */
function part() {
  forgetSession();
  live.stop();
  draw();
}

/** A socket does not say why it is refused. */
function askAgain() {
  if (live.state === 'lost' && session()?.login) {
    readSession().then(
      (who) => who ?? part(),
      // The service is away, as the banner says.
      () => {},
    );
  }
}

addEventListener('hashchange', () => {
  route();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
  announce(document.title);
});

try {
  await speak(preferredLanguage());
  keepTimes();
  if ((await readSession()) === null) {
    draw();
  } else {
    enter();
  }
  addEventListener('stranger', () => session() && part());
  live.addEventListener('state', askAgain);
} catch (error) {
  show(document.getElementById('app'), h('main', {}, failure(error, () => location.reload())));
}
