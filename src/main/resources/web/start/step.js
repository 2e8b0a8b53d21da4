// One step of a pipeline: which target, which type, and the fields that this target takes.
import { h, setText, show, uniqueId } from '../lib/dom.js';
import { field } from '../lib/parts.js';
import { name, t } from '../lib/words.js';

export class StepFieldset {
  #schemas;
  #targets;
  #values = new Map();
  #controls = new Map();
  #title = h('legend');
  #fields = h('div', { class: 'fields' });
  #types = h('datalist', { id: uniqueId('types') });
  #up;
  #down;
  #target;
  #type;
  #at = 0;

  constructor(request, targets, schemas, { remove, move }) {
    this.#targets = targets;
    this.#schemas = schemas;
    const { target, type, ...fields } = request;
    Object.entries(fields).forEach(([key, value]) => this.#values.set(key, Array.isArray(value) ? value.join(', ') : String(value)));
    const names = targets.map((each) => each.name);
    const offered = target && !names.includes(target) ? [...names, target] : names;
    this.#target = h('select', { change: () => this.#retarget() }, offered.map((each) => h('option', { value: each, selected: each === target }, each)));
    this.#type = h('input', { type: 'text', list: this.#types.id, autocomplete: 'off', spellcheck: 'false', value: type ?? '' });
    this.#up = tool('↑', () => move(this, -1));
    this.#down = tool('↓', () => move(this, 1));
    this.remove = tool('✕', () => remove(this));
    this.element = h('li', {}, h('fieldset', { class: 'step' }, this.#title, h('div', { class: 'tools' }, this.#up, this.#down, this.remove), this.#fields, this.#types));
  }

  focus() {
    this.#target.focus();
  }

  /** Focuses the button that moves it on in that direction; at the end of the way, the one that moves it back. */
  focusMove(by) {
    const [on, back] = by < 0 ? [this.#up, this.#down] : [this.#down, this.#up];
    (on.disabled ? back : on).focus();
  }

  /** Tells it its place: faults name fields by it. */
  place(at, count) {
    this.#at = at;
    setText(this.#title, t('start.step', { n: at + 1 }));
    this.#up.disabled = at === 0;
    this.#down.disabled = at === count - 1;
    label(this.#up, t('start.step.up', { n: at + 1 }));
    label(this.#down, t('start.step.down', { n: at + 1 }));
    label(this.remove, t('start.step.remove', { n: at + 1 }));
    this.#draw();
  }

  request() {
    this.#keep();
    const request = {};
    for (const key of ['target', 'type', ...this.#taken()]) {
      const text = key === 'target' ? this.#target.value : key === 'type' ? this.#type.value.trim() : (this.#values.get(key) ?? '').trim();
      if (text !== '') {
        request[key] = this.#schemas.get(key)?.type === 'array' ? text.split(/[\s,]+/).filter(Boolean) : text;
      }
    }
    return request;
  }

  #retarget() {
    this.#draw();
    this.#target.focus();
  }

  /** The fields of its target, and those that it was loaded with. */
  #taken() {
    const known = this.#targets.find((target) => target.name === this.#target.value)?.fields ?? [];
    const given = this.#values.get('image') ? ['image'] : [];
    return [...known, ...given];
  }

  #keep() {
    this.#controls.forEach((control, key) => this.#values.set(key, control.value));
  }

  #draw() {
    this.#keep();
    const path = (key) => `requests[${this.#at}].${key}`;
    const target = this.#targets.find((each) => each.name === this.#target.value);
    const types = target ? [...target.types.bounded, ...target.types.endless] : [];
    this.#type.placeholder = types[0] ?? '';
    show(this.#types, types.filter((type) => !type.includes('*')).map((value) => h('option', { value })));
    this.#controls = new Map(this.#taken().map((key) => [key, this.#control(key)]));
    show(
      this.#fields,
      field(t('start.target'), this.#target, { path: path('target') }),
      field(t('start.type'), this.#type, { path: path('type'), hint: types.join(', ') }),
      [...this.#controls].map(([key, control]) => field(name('field', key), control, { path: path(key), hint: this.#schemas.get(key)?.type === 'array' ? t('start.list.hint') : null })),
    );
  }

  #control(key) {
    const schema = this.#schemas.get(key);
    const example = schema?.examples?.[0] ?? schema?.items?.examples?.[0] ?? '';
    return h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', placeholder: example, value: this.#values.get(key) ?? '' });
  }
}

function tool(sign, click) {
  return h('button', { type: 'button', class: 'tool', click }, sign);
}

function label(button, text) {
  button.setAttribute('aria-label', text);
  button.title = text;
}
