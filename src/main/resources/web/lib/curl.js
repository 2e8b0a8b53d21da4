// Requests as commands for a shell.
import { session } from './session.js';

export function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command that starts what a body says; where one has to log in, with a place for a token. */
export function startCommand(body) {
  const token = session()?.login ? " -H 'Authorization: Bearer <token>'" : '';
  return `curl -s -X POST ${quote(`${location.origin}/queues/start`)}${token} -H 'Content-Type: application/json' -d ${quote(JSON.stringify(body))}`;
}

/** The body that would start such a queue once more. */
export function startBody(queue, targets) {
  const body = { symbol: queue.symbol, time_range: `${queue.start_time}:${queue.end_time}` };
  if (queue.type !== 'pipeline') {
    return { ...body, type: queue.type };
  }
  return { ...body, requests: queue.steps.map((step) => request(step, targets)) };
}

function request(step, targets) {
  const known = ['image', ...(targets.find((target) => target.name === step.target)?.fields ?? [])];
  const all = { ...step.fields, collection_name: step.collection_name };
  const fields = Object.entries(all).filter(([name, value]) => known.includes(name) && value !== null && value !== undefined);
  return { target: step.target, type: step.type, ...Object.fromEntries(fields) };
}
