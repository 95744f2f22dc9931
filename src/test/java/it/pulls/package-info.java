/** What pushes lose, and how pulls find and repair it. */
package it.pulls;
