/**
 * Servers that run on this machine without an installation: a Kafka broker, a PostgreSQL, processes of the hub, and a proxy
 * that breaks connections on demand. It may use the servers' own libraries; it knows nothing of the hub, of orders or of
 * simulators. None of it is in the hub's jar.
 */
package embedded;
