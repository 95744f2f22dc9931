// The token of whoever looks: kept for as long as this tab lives, and sent with each request.

const KEY = 'lucky-hub.token';

/** A link may bring a token behind its #, which is never sent to a server; it leaves the address at once. */
export function takeTokenFromAddress() {
  const given = /^#token=(.+)$/.exec(location.hash);
  if (given) {
    history.replaceState(null, '', location.pathname + '#/');
    signIn(decodeURIComponent(given[1]));
  }
}

export const token = () => sessionStorage.getItem(KEY);
export const signIn = given => sessionStorage.setItem(KEY, given.trim());
export const signOut = () => sessionStorage.removeItem(KEY);

/** What the hub refused, with the problem's own words. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `HTTP ${status}`);
    this.status = status;
    this.type = problem.type ?? '';
    this.title = problem.title ?? '';
  }
}

/** @throws Refused when the hub says no; TypeError when it can't be reached */
export async function ask(path, options = {}) {
  // A header holds Latin letters only; whatever else was pasted is no token, and the hub shall say so.
  const credential = encodeURI(token() ?? '');
  const response = await fetch(path, {...options, cache: 'no-store',
    headers: {...options.headers, Authorization: `Bearer ${credential}`}});
  if (!response.ok) {
    throw new Refused(response.status, await response.json().catch(() => ({})));
  }
  return response;
}

export const get = async path => (await ask(path)).json();

export const post = async (path, body) => (await ask(path, {method: 'POST', headers: {'Content-Type': 'application/json'},
  body: JSON.stringify(body)})).json();
