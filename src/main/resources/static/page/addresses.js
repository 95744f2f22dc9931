// Where in the page things are.

export const orderAddress = id => `#/order/${encodeURIComponent(id)}`;
