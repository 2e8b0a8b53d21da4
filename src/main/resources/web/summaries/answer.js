// A summary, section by section.
import { h } from '../lib/dom.js';
import { chip, copyButton } from '../lib/parts.js';
import { number, t } from '../lib/words.js';
import { textOf } from './text.js';

const OPEN = ['waiting', 'working', 'answering'];

export function isOpen(summary) {
  return OPEN.includes(summary.state);
}

export function answer(summary) {
  const { coverage, tokens } = summary;
  const parts = [
    coverage && t('summary.coverage', { covered: coverage.covered, count: coverage.messages }),
    summary.model && t('summary.model', { model: summary.model }),
    tokens && t('summary.tokens', { prompt: number(tokens.prompt), answer: number(tokens.answer) }),
  ];
  return h(
    'article',
    { class: 'card answer' },
    h('div', { class: 'title' }, chip(summary.state, 'made'), summary.markdown && copyButton(t('summary.copy'), summary.markdown)),
    summary.error && h('p', { class: 'bad', lang: 'en' }, summary.error),
    Array.isArray(summary.sections) ? h('div', { lang: summary.language }, summary.sections.map(section)) : h('p', { class: 'quiet' }, isOpen(summary) ? t('summary.waiting') : t('summary.nothing')),
    h('p', { class: 'quiet' }, parts.filter(Boolean).join(' · ')),
  );
}

function section({ heading, lines }) {
  const bullets = lines.length > 0 && lines.every((line) => line.startsWith('- '));
  return h(
    'section',
    {},
    h('h3', {}, heading.replace(/^[^\p{L}\p{N}]+/u, '')),
    bullets ? h('ul', {}, lines.map((line) => h('li', {}, textOf(line.slice(2))))) : lines.map((line) => h('p', {}, textOf(line.replace(/^- /, '• ')))),
  );
}
