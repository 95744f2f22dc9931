/** The arrows of the diagram: that each is a route, that orders take their ways by them, and that ops can edit them. */
package it.arrows;
