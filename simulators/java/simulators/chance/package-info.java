/**
 * Random choices that repeat: the same seed and the same name give the same number, whatever ran in between. It uses the JDK
 * alone; what is chosen belongs to the callers.
 */
package simulators.chance;
