// Records over time, a line for each step, from what was seen while the page was open.
import { h, show, svg } from '../lib/dom.js';
import { clock, shortNumber, t } from '../lib/words.js';

const HEIGHT = 220;
const LEFT = 52;
const BOTTOM = 26;
const TOP = 12;
const MOST_SEEN = 600;

export class RecordChart {
  #seen = [];
  #steps = [];

  element = h('div', { class: 'chart' });

  see(queue) {
    this.#steps = queue.steps.map((step) => `${step.number} ${step.target}`);
    const counts = queue.steps.map((step) => step.records_written);
    const last = this.#seen.at(-1);
    if (last && queue.finished_at && counts.every((count, at) => count === last.counts[at])) {
      return;
    }
    this.#seen.push({ at: Date.now(), counts });
    if (this.#seen.length > MOST_SEEN) {
      this.#seen = this.#seen.filter((_, at) => at % 2 === 0 || at === this.#seen.length - 1);
    }
  }

  draw() {
    if (this.#seen.length < 2) {
      show(this.element, h('p', { class: 'quiet' }, t('queue.chart.none')));
      return;
    }
    const width = Math.max(300, this.element.clientWidth);
    const first = this.#seen[0].at;
    const last = this.#seen.at(-1).at;
    const most = Math.max(10, ...this.#seen.flatMap((seen) => seen.counts));
    const x = (at) => LEFT + ((at - first) / Math.max(1, last - first)) * (width - LEFT - 12);
    const y = (count) => HEIGHT - BOTTOM - (count / most) * (HEIGHT - BOTTOM - TOP);
    const newest = this.#seen.at(-1).counts;
    const label = this.#steps.map((step, at) => `${step}: ${newest[at]}`).join('; ');
    show(
      this.element,
      svg(
        'svg',
        { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': `${t('queue.chart')}. ${label}` },
        [0, 0.5, 1].map((share) => [
          svg('line', { class: 'grid', x1: LEFT, x2: width - 12, y1: y(most * share), y2: y(most * share) }),
          svg('text', { x: LEFT - 8, y: y(most * share) + 4, 'text-anchor': 'end' }, shortNumber(most * share)),
        ]),
        svg('text', { x: LEFT, y: HEIGHT - 6 }, clock(first)),
        svg('text', { x: width - 12, y: HEIGHT - 6, 'text-anchor': 'end' }, clock(last)),
        this.#steps.map((_, at) => svg('polyline', { class: `line-${at % 8}`, points: this.#seen.map((seen) => `${x(seen.at).toFixed(1)},${y(seen.counts[at] ?? 0).toFixed(1)}`).join(' ') })),
      ),
      h('ul', { class: 'legend', 'aria-hidden': 'true' }, this.#steps.map((step, at) => h('li', {}, h('span', { class: `swatch line-${at % 8}` }), step))),
    );
  }
}
