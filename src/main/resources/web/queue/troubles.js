// What failed in a queue, and the last that its workers said.
import { h } from '../lib/dom.js';
import { t } from '../lib/words.js';

export function troubles(queue) {
  const failed = queue.steps.filter((step) => step.error_message || step.pod_log_tail);
  if (!queue.error_message && failed.length === 0) {
    return null;
  }
  return h(
    'section',
    { class: 'notice bad' },
    h('h2', {}, t('queue.error')),
    queue.error_message && h('p', { lang: 'en' }, queue.error_message),
    failed.map((step) => trouble(step, queue.error_message ?? '')),
  );
}

function trouble(step, said) {
  const news = step.error_message && !said.endsWith(step.error_message);
  return [
    news && h('p', { lang: 'en' }, `${step.number}. ${step.target}: ${step.error_message}`),
    step.pod_log_tail &&
      h('details', { open: true }, h('summary', {}, t('queue.log', { step: `${step.number}. ${step.target}` })), h('pre', { tabindex: '0' }, step.pod_log_tail)),
  ];
}
