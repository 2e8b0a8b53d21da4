// Stopping a queue, after asking once more.
import { post } from '../lib/api.js';
import { Confirmation } from '../lib/confirmation.js';
import { t } from '../lib/words.js';

export class StopDialog {
  #question;

  /** @param stopped called when the service has taken the request */
  constructor(id, stopped) {
    this.#question = new Confirmation({
      title: t('stop.title'),
      yes: t('stop.yes'),
      no: t('stop.no'),
      kind: 'danger',
      act: async () => {
        await post(`/queues/stop?queue_id=${encodeURIComponent(id)}`, null);
        stopped();
      },
    });
    this.element = this.#question.element;
  }

  ask(queue) {
    const running = queue.steps.filter((step) => ['pending', 'loading'].includes(step.status)).length;
    this.#question.ask(t('stop.question', { symbol: queue.symbol, count: running }));
  }
}
