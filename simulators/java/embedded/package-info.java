/**
 * Servers that run on this machine without an installation: a Kafka broker, a PostgreSQL, JVMs as processes, and a proxy
 * that breaks connections on demand; with the ports, signals, waits and secrets that they need. It may use the libraries
 * of the servers. Orders, the hub's classes, simulators and anything that only one caller needs do not belong here. None
 * of it is in the hub's jar.
 */
package embedded;
