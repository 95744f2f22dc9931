/** The samples below {@code deploy/}, against a running hub. */
package it.deploy;
