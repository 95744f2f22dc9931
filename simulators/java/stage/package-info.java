/**
 * The stage that the hub is tried and tested on: a real Kafka broker, a real PostgreSQL, a proxy that breaks
 * connections on demand, and the demo that puts all of it into one JVM. None of it is in the hub's own jar.
 */
package stage;
