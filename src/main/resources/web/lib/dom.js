// Builds elements. What comes from outside only ever becomes text or the value of an attribute, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element; attributes that are functions are listeners, null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** As h, of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replaces what is in the element. */
export function show(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

const drawn = new WeakMap();

/** Draws anew only what is made of something else than before: what is read, chosen or scrolled there stays. */
export function showNew(element, content, draw) {
  const key = JSON.stringify(content);
  if (drawn.get(element) !== key) {
    drawn.set(element, key);
    keepFocus(element, () => show(element, draw()));
  }
}

/** What had the focus has it again when it is drawn anew: a link with the same address, another element with the same name. */
function keepFocus(element, draw) {
  const name = element.contains(document.activeElement) && nameOf(document.activeElement);
  draw();
  if (name) {
    [...element.querySelectorAll('[href], [aria-label]')].find((each) => nameOf(each) === name)?.focus({ preventScroll: true });
  }
}

function nameOf(element) {
  return element.getAttribute('href') ?? element.getAttribute('aria-label');
}

/** Changes a text only when it is another one: what did not change is not drawn again. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Says something to those who do not see the page. */
export function announce(text) {
  const announcer = document.getElementById('announcer');
  announcer.textContent = '';
  setTimeout(() => {
    announcer.textContent = text;
  }, 50);
}

let lastId = 0;

/** An id for a label, a hint or an error to refer to. */
export function uniqueId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
