// Who looks at the page, and what they may do.
import { get, post } from './api.js';

const SCOPES = ['read', 'operate', 'admin'];

let who = null;

/** Asks the service who one is; null for a stranger. */
export async function readSession() {
  try {
    who = (await get('/session')).data;
  } catch (error) {
    if (error.status !== 401) {
      throw error;
    }
    who = null;
  }
  return who;
}

export function session() {
  return who;
}

export function forgetSession() {
  who = null;
}

/** Whether that scope, or one that includes it, is had. */
export function may(scope) {
  return who !== null && SCOPES.indexOf(who.scope) >= SCOPES.indexOf(scope);
}

/** Exchanges a token for a cookie, which the page itself never sees. */
export async function logIn(token) {
  await post('/login', { token });
}

export async function logOut() {
  await post('/logout', null);
  who = null;
}
