// The steps of a queue as a graph: who reads what another one writes. Columns on a wide page, one below the other on a phone.
import { h, setText, show, showNew, svg } from '../lib/dom.js';
import { chip } from '../lib/parts.js';
import { shortNumber, t } from '../lib/words.js';

export class StepGraph {
  #lines = svg('svg', { class: 'edges', 'aria-hidden': 'true' });
  #columns = h('div', { class: 'columns' });
  #steps = [];
  #nodes = new Map();
  #sizes = new ResizeObserver(() => this.#connect());

  element = h('div', { class: 'graph' }, this.#lines, this.#columns);

  constructor() {
    this.#sizes.observe(this.element);
  }

  end() {
    this.#sizes.disconnect();
  }

  /** Draws steps with their number, target, type and sources, and with their status where they have one. */
  draw(steps) {
    this.#steps = steps;
    showNew(this.#columns, steps.map((step) => [step.number, step.sources]), () => this.#arrange());
    steps.forEach((step) => this.#nodes.get(step.number).take(step));
    this.#connect();
  }

  #arrange() {
    this.#nodes = new Map(this.#steps.map((step) => [step.number, new Node(step)]));
    const columns = [];
    for (const [number, depth] of depths(this.#steps)) {
      columns[depth] ??= h('ol', { class: 'column' });
      columns[depth].append(this.#nodes.get(number).element);
    }
    return columns;
  }

  #connect() {
    const frame = this.element.getBoundingClientRect();
    if (frame.width === 0) {
      return;
    }
    const across = getComputedStyle(this.#columns).flexDirection === 'row';
    this.#lines.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
    const edges = this.#steps.flatMap((step) => step.sources.map((source) => [this.#nodes.get(source), this.#nodes.get(step.number), step]));
    const paths = edges
      .filter(([from]) => from)
      .map(([from, to, step]) => ({ d: line(place(from.element, frame), place(to.element, frame), across), 'data-status': step.status ?? 'pending' }));
    showNew(this.#lines, paths, () => paths.map((path) => svg('path', path)));
  }
}

class Node {
  #status = h('span');
  #records = h('span', { class: 'number' });

  constructor(step) {
    const reads = step.sources.length ? t('queue.graph.reads', { steps: step.sources.join(', ') }) : t('queue.graph.first');
    this.element = h(
      'li',
      { class: 'node' },
      h('span', { class: 'who' }, h('span', { class: 'quiet' }, `${step.number} `), step.target),
      h('span', { class: 'quiet' }, step.type),
      step.status && h('span', { class: 'how' }, this.#status, this.#records),
      step.launch && h('span', { class: 'quiet' }, step.launch),
      h('span', { class: 'unseen' }, reads),
    );
  }

  take(step) {
    this.element.dataset.status = step.status ?? 'pending';
    if (step.status) {
      showNew(this.#status, step.status, () => chip(step.status));
      setText(this.#records, shortNumber(step.records_written));
    }
  }
}

/** Each step's number with how many others come before it; a circle, which cannot be, ends. */
function depths(steps) {
  const byNumber = new Map(steps.map((step) => [step.number, step]));
  const known = new Map();
  const depth = (step, above) => {
    if (!known.has(step.number)) {
      const sources = step.sources.map((source) => byNumber.get(source)).filter((source) => source && !above.includes(source));
      known.set(step.number, Math.max(0, ...sources.map((source) => depth(source, [...above, step]) + 1)));
    }
    return known.get(step.number);
  };
  return steps.map((step) => [step.number, depth(step, [step])]);
}

function place(element, frame) {
  const box = element.getBoundingClientRect();
  return { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top };
}

function line(from, to, across) {
  if (across) {
    const [x1, y1, x2, y2] = [from.right, (from.top + from.bottom) / 2, to.left, (to.top + to.bottom) / 2];
    const bend = (x2 - x1) / 2;
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [(from.left + from.right) / 2, from.bottom, (to.left + to.right) / 2, to.top];
  const bend = (y2 - y1) / 2;
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
