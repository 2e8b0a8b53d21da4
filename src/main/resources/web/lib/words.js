// All words of the page, in the language of whoever reads it.
import { remember, remembered } from './store.js';

export const LANGUAGES = ['en', 'ru'];

let language = 'en';
let words = {};

/** The language that was chosen, else the first of the browser's that is spoken here. */
export function preferredLanguage() {
  const wanted = [remembered('language'), ...navigator.languages].filter(Boolean).map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
}

export function currentLanguage() {
  return language;
}

export async function speak(wanted) {
  const answer = await fetch(`/web/words/${wanted}.json`);
  if (!answer.ok) {
    throw new Error(`words/${wanted}.json: ${answer.status}`);
  }
  words = await answer.json();
  language = wanted;
  document.documentElement.lang = wanted;
}

export async function chooseLanguage(wanted) {
  await speak(wanted);
  remember('language', wanted);
}

/** The words of a key; {name} in them stands for a value. */
export function t(key, values = {}) {
  const entry = words[key];
  if (entry === undefined) {
    return key;
  }
  const text = typeof entry === 'string' ? entry : form(entry, values.count);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? printed(values[name]) : whole));
}

function form(entry, count) {
  return entry[formatter(Intl.PluralRules).select(count)] ?? entry.other;
}

const formatters = new Map();

/** They are dear to make and cheap to use. */
export function formatter(Kind, options = {}) {
  const key = `${language} ${Kind.name} ${JSON.stringify(options)}`;
  if (!formatters.has(key)) {
    formatters.set(key, new Kind(language, options));
  }
  return formatters.get(key);
}

/** The words of a key that depends on data; the data itself where no words are known for it. */
export function name(prefix, value) {
  return words[`${prefix}.${value}`] ?? String(value);
}

function printed(value) {
  return typeof value === 'number' ? number(value) : String(value);
}

export function number(value, digits = 0) {
  return formatter(Intl.NumberFormat, { maximumFractionDigits: digits }).format(value);
}

/** A short form for little room: 12.3K. */
export function shortNumber(value) {
  return formatter(Intl.NumberFormat, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

export function dateTime(instant) {
  return formatter(Intl.DateTimeFormat, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant));
}

/** The time of a day, with the day unless it is today. */
export function moment(instant) {
  const at = new Date(instant);
  if (at.toDateString() === new Date().toDateString()) {
    return clock(at);
  }
  return formatter(Intl.DateTimeFormat, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit' }).format(at);
}

export function clock(instant) {
  return formatter(Intl.DateTimeFormat, { timeStyle: 'medium' }).format(new Date(instant));
}
