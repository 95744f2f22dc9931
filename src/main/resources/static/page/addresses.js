// Where in the page things are.

/**
 * Where something of the hub is that has this path at its root: a proxy may show the hub below a prefix.
 * @param path as in /api/arrows
 */
export const atHub = path => new URL(`..${path}`, import.meta.url).href;

export const orderAddress = id => `#/order/${encodeURIComponent(id)}`;
