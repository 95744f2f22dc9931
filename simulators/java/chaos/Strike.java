package chaos;

import java.time.Instant;

/**
 * The record of a nemesis that has struck.
 *
 * @param nemesis  its title
 * @param mustGoOn   what had to go on all the while; null when all of it might stand still
 * @param struck   whether it took effect
 * @param evidence what was seen of it, or why there was none
 */
record Strike(String nemesis, Instant start, Instant end, LivenessCheck mustGoOn, boolean struck, String evidence) {
}
