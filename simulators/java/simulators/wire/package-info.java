/**
 * What simulators have in common to communicate: events on Kafka, JSON over HTTP, decisions that are on disk before they
 * are acted on, and the faults that strike on the way. It uses {@code simulators.journal}, {@code faults} and
 * {@code chance}; what one neighbour decides belongs in its own package.
 */
package simulators.wire;
