// Records over time, a line for each step: from its start on, with what was seen while the page was open, to its end.
import { h, show, svg } from '../lib/dom.js';
import { moment, number, shortNumber, t } from '../lib/words.js';

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
    this.#steps = queue.steps;
    const last = this.#seen.at(-1);
    const counts = queue.steps.map((step) => step.records_written);
    if (last && queue.finished_at && counts.every((count, at) => count === last.counts[at])) {
      return;
    }
    this.#seen.push({ at: Date.now(), counts });
    if (this.#seen.length > MOST_SEEN) {
      this.#seen = this.#seen.filter((_, at) => at % 2 === 0 || at === this.#seen.length - 1);
    }
  }

  /** The points of a step; none before it has started. */
  #line(step, place) {
    if (!step.started_at) {
      return [];
    }
    const start = Date.parse(step.started_at);
    const end = step.finished_at ? Date.parse(step.finished_at) : Math.max(start, this.#seen.at(-1).at);
    const seen = this.#seen.filter(({ at }) => at > start && at < end).map(({ at, counts }) => ({ at, count: counts[place] }));
    return [{ at: start, count: 0 }, ...seen, { at: end, count: step.records_written }];
  }

  draw() {
    const lines = this.#steps.map((step, place) => this.#line(step, place));
    const points = lines.flat();
    if (points.length === 0) {
      show(this.element, h('p', { class: 'quiet' }, t('queue.chart.none')));
      return;
    }
    const width = Math.max(300, this.element.clientWidth);
    const first = Math.min(...points.map(({ at }) => at));
    const last = Math.max(...points.map(({ at }) => at));
    const most = Math.max(10, ...points.map(({ count }) => count));
    const x = (at) => LEFT + ((at - first) / Math.max(1, last - first)) * (width - LEFT - 12);
    const y = (count) => HEIGHT - BOTTOM - (count / most) * (HEIGHT - BOTTOM - TOP);
    const names = this.#steps.map((step) => `${step.number} ${step.target}`);
    const label = this.#steps.map((step, at) => `${names[at]}: ${number(step.records_written)}`).join('; ');
    show(
      this.element,
      svg(
        'svg',
        { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': `${t('queue.chart')}. ${label}` },
        [0, 0.5, 1].map((share) => [
          svg('line', { class: 'grid', x1: LEFT, x2: width - 12, y1: y(most * share), y2: y(most * share) }),
          svg('text', { x: LEFT - 8, y: y(most * share) + 4, 'text-anchor': 'end' }, shortNumber(most * share)),
        ]),
        svg('text', { x: LEFT, y: HEIGHT - 6 }, moment(first)),
        svg('text', { x: width - 12, y: HEIGHT - 6, 'text-anchor': 'end' }, moment(last)),
        lines.map((line, at) => svg('polyline', { class: `line-${at % 8}`, points: line.map((point) => `${x(point.at).toFixed(1)},${y(point.count).toFixed(1)}`).join(' ') })),
      ),
      h('ul', { class: 'legend', 'aria-hidden': 'true' }, names.map((each, at) => h('li', {}, h('span', { class: `swatch line-${at % 8}` }), each))),
    );
  }
}
