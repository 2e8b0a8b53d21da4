// The summaries of threads that were pasted in this tab. Only whoever pasted a thread is told the key by which its summary is read;
// listed it is under an id that is made from the key.

const STORE = 'summary-keys';
const kept = new Map(stored());

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? [];
  } catch {
    return [];
  }
}

/** Remembers a key for as long as the tab is open. */
export async function keep(key) {
  // Pages that came over plain HTTP from another machine cannot make the id: they show the summary once.
  if (!crypto.subtle) {
    return;
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  const id = `pasted-${[...hash.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  kept.set(id, key);
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...kept]));
  } catch {
    // It then lasts as long as the page.
  }
}

/** The key of a listed summary; null when it is somebody else's. */
export function keyOf(id) {
  return kept.get(id) ?? null;
}
