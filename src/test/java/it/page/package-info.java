/** The hub's page, in a real browser. */
package it.page;
