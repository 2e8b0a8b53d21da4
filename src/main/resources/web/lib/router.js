// Addresses after the # and the pages that they show.

/** The path and the parameters of the present address: #/queues?status=error. */
export function address() {
  const [path, query] = location.hash.replace(/^#/, '').split('?');
  return { parts: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query ?? '') };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function go(path) {
  location.hash = path;
}

/** Gives the page a title. */
export function entitle(title) {
  document.title = `${title} · StreamForge`;
}

/** Changes the address without a new page. */
export function amend(path, query) {
  const text = query.toString();
  history.replaceState(null, '', `#${path}${text ? `?${text}` : ''}`);
}
