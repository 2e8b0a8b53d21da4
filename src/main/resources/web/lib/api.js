// Requests to the service, which answers in one envelope.
import { t } from './words.js';

const PATIENCE = 15_000;

/** A request that did not succeed; status 0 where there was no answer. */
export class ApiError extends Error {
  /** @param language of the message, where it is not that of the page: the service says all in English */
  constructor(status, message, faults = [], language = null) {
    super(message);
    this.status = status;
    this.faults = faults;
    this.language = language;
  }

  /** Whether the same request may well succeed later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The answer as JSON. */
export async function get(path, patience = PATIENCE) {
  return read(await send(path, {}, patience));
}

/** Sends JSON and gives the answer as JSON. */
export async function post(path, body, headers = {}, patience = PATIENCE) {
  const request = { method: 'POST', headers };
  if (body !== null) {
    request.headers = { ...headers, 'Content-Type': 'application/json' };
    request.body = JSON.stringify(body);
  }
  return read(await send(path, request, patience));
}

async function send(path, request, patience) {
  try {
    return await fetch(path, { ...request, cache: 'no-store', signal: AbortSignal.timeout(patience) });
  } catch (error) {
    throw new ApiError(0, t(error.name === 'TimeoutError' ? 'error.slow' : 'error.network'));
  }
}

async function read(answer) {
  let content = null;
  try {
    content = await answer.json();
  } catch {
    throw new ApiError(answer.status, t('error.unreadable', { status: String(answer.status) }));
  }
  if (answer.status === 401) {
    dispatchEvent(new Event('stranger'));
  }
  if (!answer.ok) {
    if (typeof content?.message !== 'string') {
      throw new ApiError(answer.status, t('error.unreadable', { status: String(answer.status) }));
    }
    throw new ApiError(answer.status, content.message, content.data?.errors ?? [], 'en');
  }
  return content;
}

let contract = null;
let targets = null;

/** The contract that the service checks requests with. */
export async function readContract() {
  contract ??= await get('/openapi.json');
  return contract;
}

/** The programs that a step can run. */
export async function readTargets() {
  targets ??= (await get('/targets')).data;
  return targets;
}
