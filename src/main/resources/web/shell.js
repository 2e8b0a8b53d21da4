// What is around every page: the way to the others, the connection, language and theme.
import { announce, h, setText, show, svg } from './lib/dom.js';
import { live } from './lib/live.js';
import { logOut, may, session } from './lib/session.js';
import { remember } from './lib/store.js';
import { chooseLanguage, currentLanguage, LANGUAGES, t } from './lib/words.js';

export const SECTIONS = ['queues', 'start', 'summaries', 'health'];

const SUN = 'M12 4V2m0 20v-2m8-8h2M2 12h2m13.66-5.66 1.41-1.41M4.93 19.07l1.41-1.41m0-11.32L4.93 4.93m14.14 14.14-1.41-1.41M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z';
const MOON = 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

let watching = () => {};

/** @param part called when somebody has logged out */
export function shell(main, redraw, part) {
  const pill = h('span', { class: 'pill' });
  const banner = h('div', { class: 'banner', role: 'status', hidden: true });
  watchConnection(pill, banner);
  const skip = (event) => {
    event.preventDefault();
    main.focus();
  };
  const bar = top(redraw, session() && pill, whoever(part));
  if (session() === null) {
    bar.querySelector('nav').remove();
  } else if (!may('operate')) {
    // What one may not do is not offered.
    bar.querySelector('[data-section=start]').remove();
  }
  return [
    h('a', { class: 'skip', href: '#main', click: skip }, t('nav.skip')),
    bar,
    session() && banner,
    main,
    footer(),
  ];
}

/** Who one is, and the way out. */
function whoever(part) {
  const who = session();
  if (!who?.login) {
    return null;
  }
  const leave = () => logOut().then(part, (error) => announce(error.message));
  return [
    h('span', { class: 'who', title: t(`scope.${who.scope}`) }, h('strong', {}, who.name), ' ', h('span', { class: 'quiet' }, who.scope)),
    h('button', { type: 'button', class: 'plain', click: leave }, t('login.out')),
  ];
}

/** The bar with the ways to all pages; the page of the API has it too. */
export function top(redraw, ...tools) {
  return h(
    'header',
    { class: 'top' },
    h('a', { class: 'brand', href: '/#/queues' }, h('img', { src: '/web/icon.svg', alt: '', width: 28, height: 28 }), 'StreamForge'),
    h(
      'nav',
      { 'aria-label': t('nav.label') },
      SECTIONS.map((section) => h('a', { href: `/#/${section}`, 'data-section': section }, t(`nav.${section}`))),
      h('a', { href: '/docs/', 'data-section': 'docs' }, t('nav.docs')),
    ),
    h('div', { class: 'tools' }, tools, languageSwitch(redraw), themeSwitch()),
  );
}

export function footer() {
  return h(
    'footer',
    {},
    h('a', { href: '/docs/' }, t('footer.docs')),
    h('a', { href: '/openapi.json' }, t('footer.contract')),
    h('a', { href: '/metrics' }, t('footer.metrics')),
  );
}

function languageSwitch(redraw) {
  const next = LANGUAGES.find((language) => language !== currentLanguage());
  const trouble = h('span', { class: 'bad', role: 'alert', hidden: true });
  const change = async () => {
    try {
      await chooseLanguage(next);
    } catch {
      show(trouble, t('error.network'));
      trouble.hidden = false;
      return;
    }
    redraw();
    document.querySelector('.tools [lang]').focus();
  };
  const button = h('button', { type: 'button', class: 'tool', lang: next, 'aria-label': t('language.other'), title: t('language.other'), click: change }, next.toUpperCase());
  return [button, trouble];
}

function themeSwitch() {
  const button = h('button', { type: 'button', class: 'tool' });
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : systemDark.matches;
  };
  const draw = () => {
    const label = t(dark() ? 'theme.light' : 'theme.dark');
    button.setAttribute('aria-label', label);
    button.title = label;
    show(button, svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: dark() ? SUN : MOON })));
  };
  button.addEventListener('click', () => {
    const theme = dark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    remember('theme', theme);
    draw();
  });
  systemDark.onchange = draw;
  draw();
  return button;
}

/** Says at the top whether what is shown is true now. */
function watchConnection(pill, banner) {
  watching();
  const left = h('span', { 'aria-hidden': 'true' });
  let lost = false;
  const count = () => {
    const seconds = Math.ceil((live.retryAt - Date.now()) / 1000);
    setText(left, seconds > 0 ? t('live.retry.in', { n: seconds }) : t('live.retry.now'));
  };
  const draw = () => {
    pill.dataset.state = live.state;
    setText(pill, t(`live.${live.state}`));
    banner.hidden = live.state !== 'lost';
    if (live.state === 'lost' && !lost) {
      show(banner, h('strong', {}, t('live.lost.title')), ' ', t('live.lost.hint'), ' ', left, h('button', { type: 'button', click: () => live.retryNow() }, t('live.retry')));
    }
    if (live.state === 'open' && lost) {
      announce(t('live.back'));
    }
    lost = live.state === 'lost';
    count();
  };
  const timer = setInterval(count, 1000);
  live.addEventListener('state', draw);
  watching = () => {
    clearInterval(timer);
    live.removeEventListener('state', draw);
  };
  draw();
}
