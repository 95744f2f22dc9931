/**
 * Fault injection: rules of a fault, a channel and a rate, repeatable by seed and changeable while the simulator runs. It
 * knows the journal, into which each fault is written; how a channel carries out a fault belongs in
 * {@code simulators.wire} and in the simulators.
 */
package simulators.faults;
