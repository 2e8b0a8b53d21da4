// Times as people say them: how long ago, how long.
import { h, setText } from './dom.js';
import { dateTime, formatter, number, t } from './words.js';

const UNITS = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
];
const REFRESH = 10_000;

function ago(instant) {
  const seconds = (Date.parse(instant) - Date.now()) / 1000;
  if (Math.abs(seconds) < 45) {
    return t('time.now');
  }
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS[2];
  return formatter(Intl.RelativeTimeFormat, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** A time that tells how long ago it is, and exactly when to whoever points at it. */
export function timeAgo(instant) {
  if (!instant) {
    return h('span', { class: 'quiet' }, '–');
  }
  return h('time', { class: 'ago', datetime: instant, title: dateTime(instant) }, ago(instant));
}

/** Keeps all times on the page true. */
export function keepTimes() {
  setInterval(() => {
    for (const element of document.querySelectorAll('time.ago')) {
      setText(element, ago(element.dateTime));
    }
  }, REFRESH);
}

/** How long it took from one instant to another, or until now. */
export function duration(from, to) {
  const seconds = Math.max(0, Math.round(((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000));
  if (seconds < 60) {
    return t('time.seconds', { n: number(seconds) });
  }
  if (seconds < 3600) {
    return t('time.minutes', { n: number(Math.floor(seconds / 60)), s: number(seconds % 60) });
  }
  return t('time.hours', { n: number(Math.floor(seconds / 3600)), m: number(Math.floor((seconds % 3600) / 60)) });
}
