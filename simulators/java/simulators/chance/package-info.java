/** Chance that repeats: the same seed and the same name give the same number, whatever ran in between. */
package simulators.chance;
