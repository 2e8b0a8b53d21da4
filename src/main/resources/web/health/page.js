// What is there and what is away, since when, and why.
import { get } from '../lib/api.js';
import { h, show, showNew } from '../lib/dom.js';
import { failure, loading } from '../lib/parts.js';
import { timeAgo } from '../lib/time.js';
import { clock, moment, name, t } from '../lib/words.js';
import { lagCard } from './lag.js';
import { lettersCard } from './letters.js';

const PAUSE = 10_000;

export function healthPage(container) {
  const overall = h('span', { class: 'chip' });
  const read = h('span', { class: 'quiet' });
  const trouble = h('div');
  const cards = h('div', { class: 'cards' }, loading());
  const sections = [lagCard(), lettersCard()];
  const again = h('button', { type: 'button', class: 'plain', click: () => look() }, t('action.refresh'));
  let timer = 0;
  let known = false;
  let ended = false;
  container.append(h('div', { class: 'title' }, h('h1', {}, t('health.title')), h('span', { 'aria-live': 'polite' }, overall), h('div', { class: 'actions' }, read, again)), trouble, cards, ...sections.map((section) => section.element));

  async function look() {
    clearTimeout(timer);
    sections.forEach((section) => section.read());
    try {
      const status = await get('/status');
      known = true;
      draw(status);
    } catch (error) {
      showNew(trouble, error.message, () => failure(error, look));
      if (!known) {
        show(cards);
      }
    }
    if (!ended) {
      timer = setTimeout(() => (document.hidden ? wait() : look()), PAUSE);
    }
  }

  /** Nobody is looking: the service is left alone. */
  function wait() {
    document.addEventListener('visibilitychange', () => ended || look(), { once: true });
  }

  function draw(status) {
    showNew(trouble, null, () => null);
    overall.dataset.status = status.overall_status;
    overall.textContent = name('health', status.overall_status);
    read.textContent = t('health.read', { at: clock(status.timestamp) });
    const components = Object.entries(status.components).flatMap(([component, state]) => lines(component, state, status));
    showNew(cards, [components, lead(status)], () => [...components, lead(status)].map(card));
  }

  look();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/** The cards of a component: Mattermost's WebSocket has one of its own. */
function lines(component, state, { components, leadership }) {
  if (component === 'bot') {
    return [bot(state, components.mattermost, leadership)];
  }
  const off = state.configured === false;
  const line = { component, state: off ? 'off' : state.connected ? 'up' : 'down', since: state.since, error: state.last_error };
  if (component !== 'mattermost' || off) {
    return [line];
  }
  return [line, { component: 'websocket', state: state.websocket ? 'up' : leadership.leading ? 'down' : 'elsewhere', since: state.websocket_since, error: state.websocket_last_error }];
}

/** The bot does its work as long as Mattermost does; only the leader listens to events. */
function bot({ running, username }, mattermost, { leading }) {
  const events = leading ? mattermost.websocket : true;
  const since = leading ? newer(mattermost.since, mattermost.websocket_since) : mattermost.since;
  const errors = [mattermost.last_error, leading && mattermost.websocket_last_error].filter(Boolean).sort((a, b) => (newer(a.at, b.at) === a.at ? -1 : 1));
  return { component: 'bot', state: !running ? 'off' : mattermost.connected && events ? 'up' : 'down', since, error: errors[0], detail: username && `@${username}` };
}

function newer(instant, other) {
  return Date.parse(instant) >= Date.parse(other) ? instant : other;
}

/** The card of who leads: this process, another one, or nobody knows. */
function lead({ leadership, timestamp }) {
  return {
    component: 'leadership',
    state: leadership.trouble ? 'down' : leadership.leading ? 'up' : 'elsewhere',
    since: leadership.since,
    detail: leadership.leader,
    error: leadership.trouble && { at: timestamp, message: leadership.trouble },
  };
}

function card({ component, state, since, error, detail }) {
  return h(
    'section',
    { class: 'card component', 'data-state': state },
    h('h2', {}, name('component', component)),
    h('span', { class: 'chip', 'data-status': state }, t(`health.${state}`)),
    detail && h('p', {}, detail),
    since && state !== 'off' && h('p', { class: 'quiet' }, h('time', { datetime: since }, t('health.since', { at: moment(since) }))),
    error && state !== 'off' && h('div', { class: state === 'down' ? 'bad' : 'quiet' }, h('span', {}, t(state === 'down' ? 'health.error' : 'health.before'), ' '), error.at && timeAgo(error.at), h('p', { lang: 'en' }, error.message)),
  );
}
