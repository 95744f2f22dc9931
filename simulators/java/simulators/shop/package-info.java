/** The storefront and its customers: the load. It orders, pays and sometimes cancels, and notes what it was answered. */
package simulators.shop;
