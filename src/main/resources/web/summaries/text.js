// The little Markdown that a summary is written in, as what it says: names and code stay marked, all else is text.
import { h } from '../lib/dom.js';

const PIECES = /(`+)(.+?)\1|\[((?:\\.|[^\]\\])*)\]\((?:<[^>]*>|[^)\s]*)\)|<(https?:[^>\s]+)>|\\([!-/:-@[-`{-~])|\*\*/g;

/** The text of a line as nodes. */
export function textOf(line) {
  const nodes = [];
  let from = 0;
  for (const piece of line.matchAll(PIECES)) {
    nodes.push(line.slice(from, piece.index));
    const [, , code, label, address, escaped] = piece;
    nodes.push(code !== undefined ? h('code', {}, code) : (label ?? address ?? escaped ?? '').replace(/\\([!-/:-@[-`{-~])/g, '$1'));
    from = piece.index + piece[0].length;
  }
  return [...nodes, line.slice(from)];
}
