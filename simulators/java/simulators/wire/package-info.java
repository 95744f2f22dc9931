/** How simulators speak: events on Kafka, JSON over HTTP, and the faults that strike on the way. */
package simulators.wire;
