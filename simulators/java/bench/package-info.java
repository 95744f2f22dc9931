/**
 * How fast the hub is, and what costs what: load, hub, broker, database and neighbours on one machine, in processes of
 * their own, with controls and the machine's own limits beside it. What is measured where, and by whose clock, stands
 * in {@code docs/performance.md}.
 */
package bench;
