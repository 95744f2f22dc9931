// Requests to the hub's REST API, and its refusals.

import {say} from './i18n.js';
import {token} from './session.js';
import {atHub} from './urls.js';

/** An answer with a status of 400 or above; the message is the detail of its problem. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `HTTP ${status}`);
    this.status = status;
    this.type = problem.type ?? '';
    this.title = problem.title ?? '';
  }
}

/** @throws Refused when the hub refuses; TypeError when it can't be reached */
export async function ask(path, options = {}) {
  // A header holds Latin letters only. What else was pasted is no token; encoded, it reaches the hub, which refuses it.
  const credential = encodeURI(token() ?? '');
  const response = await fetch(atHub(path), {...options, cache: 'no-store',
    headers: {...options.headers, Authorization: `Bearer ${credential}`}});
  if (!response.ok) {
    throw new Refused(response.status, await response.json().catch(() => ({})));
  }
  return response;
}

export const get = async path => (await ask(path)).json();

export const post = async (path, body) => (await ask(path, {method: 'POST', headers: {'Content-Type': 'application/json'},
  body: JSON.stringify(body)})).json();

/** Whether the session is over: the hub does not know the token, or not any more. */
export const isSignedOut = failure => failure instanceof Refused && failure.status === 401;

/** What to tell a person of a request that failed. */
export const inWords = failure => failure instanceof Refused ? failure.message : say('hubAway');
