package chaos;

import java.time.Instant;

/**
 * The record of a nemesis that has struck.
 *
 * @param nemesis  its title
 * @param mustGoOn the work that had to go on meanwhile; null when everything might stand still
 * @param struck   whether it had an effect
 * @param evidence what was seen of the effect, or why there was none
 */
record Strike(String nemesis, Instant start, Instant end, LivenessCheck mustGoOn, boolean struck, String evidence) {
}
