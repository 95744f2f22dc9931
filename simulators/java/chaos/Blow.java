package chaos;

import java.time.Instant;

/**
 * What a nemesis did.
 *
 * @param struck   whether it took effect
 * @param evidence what was seen of it, or why there was none
 */
record Blow(String nemesis, Instant start, Instant end, boolean struck, String evidence) {
}
