/**
 * What a simulator writes down for itself: every attempt that reached it and what it did, on disk before it acts on it.
 * A check from outside reads these journals and never has to believe the hub.
 */
package simulators.journal;
