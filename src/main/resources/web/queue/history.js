// Every change of a queue with its cause, newest first.
import { h } from '../lib/dom.js';
import { chip } from '../lib/parts.js';
import { dateTime, moment, t } from '../lib/words.js';

export function history(past) {
  return [
    h('ol', { class: 'history', tabindex: '0', 'aria-label': t('queue.history') }, past.events.toReversed().map(entry)),
    past.dropped > 0 && h('p', { class: 'quiet' }, t('queue.history.dropped', { count: past.dropped })),
  ];
}

function entry(event) {
  const cause = [event.by, event.channel].filter(Boolean).join(' · ');
  return h(
    'li',
    {},
    h('time', { datetime: event.at, title: dateTime(event.at) }, moment(event.at)),
    h('span', { class: 'where' }, event.step === null ? t('queue.itself') : t('queue.step.n', { n: event.step })),
    event.to && chip(event.to),
    h('span', { class: 'said' }, h('span', { lang: 'en' }, event.message ?? ''), cause && h('span', { class: 'quiet' }, ` ${cause}`)),
  );
}
