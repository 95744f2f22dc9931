/**
 * Kafka's clients: made anew after what ends them, watched, and measured. What their records say is read in
 * {@link routes.message}.
 */
package routes.kafka;
