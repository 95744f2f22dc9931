/**
 * The demo's panel: breaks the neighbours with a click, sets the load, and counts by the journals what became of the
 * orders. It never asks the hub.
 */
package simulators.panel;
