// A thread as text, one message a line: "name: text". A line without a name goes on with the message before it.

const MESSAGE = /^\s*([^:\s][^:]{0,63}?)\s*:(?:\s+(.*)|)$/;

/** The messages of a text; the line that belongs to nobody, where there is one. */
export function read(text) {
  const messages = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const said = MESSAGE.exec(line);
    if (said) {
      messages.push({ user: said[1], text: said[2] ?? '' });
    } else if (messages.length > 0) {
      messages.at(-1).text += `\n${line}`;
    } else if (line.trim() !== '') {
      return { messages: [], wrongLine: at + 1 };
    }
  }
  return { messages: messages.map(({ user, text: said }) => ({ user, text: said.trim() })), wrongLine: null };
}

/** Who said how much. */
export function people(messages) {
  const counts = new Map();
  messages.forEach(({ user }) => counts.set(user, (counts.get(user) ?? 0) + 1));
  return [...counts];
}
