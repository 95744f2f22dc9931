/**
 * The demo's panel: switches faults of the neighbours on and off, sets the load, and shows the counts of
 * {@code simulators.balance}. It uses the shop, the faults and the journals; the hub is never asked, and how the panel is
 * reached belongs in {@code demo}.
 */
package simulators.panel;
