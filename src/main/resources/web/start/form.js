// The form of a start, single or pipeline, as the contract and the catalogue of targets say.
import { h, show, uniqueId } from '../lib/dom.js';
import { field } from '../lib/parts.js';
import { t } from '../lib/words.js';
import { StepFieldset } from './step.js';

export class StartForm {
  #targets;
  #fields;
  #changed;
  #steps = [];
  #list = h('ol', { class: 'steps' });
  #single = h('div');
  #pipeline = h('fieldset', { class: 'pipeline' });
  #adder = h('button', { type: 'button', class: 'plain', click: () => this.#add() }, t('start.step.add'));
  #kinds = {};

  /** @param changed called when what is in the form is another request than before */
  constructor(contract, targets, changed) {
    const schemas = contract.components.schemas;
    this.#targets = targets;
    this.#changed = changed;
    this.#fields = new Map(Object.entries(schemas.StepRequest.properties).map(([key, value]) => [key, resolved(contract, value)]));
    const symbol = resolved(contract, schemas.Single.properties.symbol);
    this.symbol = h('input', { type: 'text', name: 'symbol', autocapitalize: 'characters', autocomplete: 'off', spellcheck: 'false', placeholder: symbol.examples?.[0] });
    this.from = h('input', { type: 'date', name: 'from' });
    this.to = h('input', { type: 'date', name: 'to' });
    const types = uniqueId('types');
    this.type = h('input', { type: 'text', name: 'type', list: types, autocomplete: 'off', spellcheck: 'false' });
    const loaders = targets.filter((target) => target.role === 'loader').flatMap((target) => [...target.types.bounded, ...target.types.endless]);
    show(
      this.#single,
      field(t('start.type'), this.type, { path: 'type', hint: t('start.type.hint', { types: loaders.join(', ') }) }),
      h('datalist', { id: types }, loaders.filter((type) => !type.includes('*')).map((value) => h('option', { value }))),
    );
    show(
      this.#pipeline,
      h('legend', {}, t('start.steps')),
      h('div', { class: 'field', 'data-path': 'requests' }, this.#list, h('span', { class: 'fault' })),
      this.#adder,
    );
    this.element = h(
      'div',
      { input: () => changed(), change: () => changed() },
      this.#chooser(),
      h(
        'div',
        { class: 'fields' },
        field(t('start.symbol'), this.symbol, { path: 'symbol' }),
        field(t('start.from'), this.from, { path: 'time_range' }),
        field(t('start.to'), this.to, { path: 'time_range.to' }),
      ),
      this.#single,
      this.#pipeline,
    );
  }

  #chooser() {
    const group = uniqueId('kind');
    const radio = (kind) => {
      const input = h('input', { type: 'radio', name: group, value: kind, change: () => this.#choose(kind) });
      this.#kinds[kind] = input;
      return h('label', { class: 'choice' }, input, t(`start.${kind}`));
    };
    return h('div', { class: 'choices', role: 'radiogroup', 'aria-label': t('start.kind') }, radio('single'), radio('pipeline'));
  }

  #choose(kind) {
    this.#kinds[kind].checked = true;
    this.#single.hidden = kind !== 'single';
    this.#pipeline.hidden = kind !== 'pipeline';
    if (kind === 'pipeline' && this.#steps.length === 0) {
      this.#add();
    }
  }

  load(body) {
    this.symbol.value = body.symbol ?? '';
    [this.from.value, this.to.value] = (body.time_range ?? ':').split(':');
    this.type.value = body.type ?? '';
    this.#steps = (body.requests ?? body.microservices ?? []).map((request) => this.#step(request));
    this.#arrange();
    this.#choose(this.#steps.length ? 'pipeline' : 'single');
  }

  /** What the form says, as the service takes it; what was left empty is left out. */
  body() {
    const body = {};
    put(body, 'symbol', this.symbol.value.trim());
    const range = [this.from.value, this.to.value];
    put(body, 'time_range', range.some(Boolean) ? range.join(':') : '');
    if (this.#kinds.single.checked) {
      put(body, 'type', this.type.value.trim());
    } else {
      body.requests = this.#steps.map((step) => step.request());
    }
    return body;
  }

  #step(request) {
    return new StepFieldset(request, this.#targets, this.#fields, {
      remove: (step) => this.#remove(step),
      move: (step, by) => this.#move(step, by),
    });
  }

  #add() {
    const step = this.#step({ target: this.#targets[0]?.name });
    this.#steps.push(step);
    this.#arrange();
    step.focus();
    this.#changed();
  }

  #remove(step) {
    const place = this.#steps.indexOf(step);
    this.#steps.splice(place, 1);
    this.#arrange();
    (this.#steps[place] ?? this.#steps.at(-1) ?? this.#adder).focus();
    this.#changed();
  }

  #move(step, by) {
    const from = this.#steps.indexOf(step);
    const to = from + by;
    if (to < 0 || to >= this.#steps.length) {
      return;
    }
    this.#steps.splice(to, 0, ...this.#steps.splice(from, 1));
    this.#arrange();
    step.focusMove(by);
    this.#changed();
  }

  #arrange() {
    this.#steps.forEach((step, at) => step.place(at, this.#steps.length));
    show(this.#list, this.#steps.map((step) => step.element));
  }
}

function put(body, key, value) {
  if (value !== '') {
    body[key] = value;
  }
}

function resolved(contract, schema) {
  return schema.$ref ? { ...contract.components.schemas[schema.$ref.split('/').at(-1)], ...schema } : schema;
}
