/** The examples below {@code examples/}, as a reader would run them. */
package it.examples;
