// The addresses of the hub's resources and of the page's views.

/**
 * The URL of a resource of the hub, which a proxy may serve below a prefix.
 *
 * @param path from the hub's root, as in /api/arrows
 */
export const atHub = path => new URL(`..${path}`, import.meta.url).href;

export const orderAddress = id => `#/order/${encodeURIComponent(id)}`;
