// The access token: kept as long as this browser tab is open.

const KEY = 'lucky-hub.token';

/** A link may bring a token after its #, which is never sent to a server. It is removed from the address at once. */
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
