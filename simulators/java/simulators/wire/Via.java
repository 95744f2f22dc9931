package simulators.wire;

import java.util.Locale;

/** How the hub's wish came: as a message, or by the call that makes up for a lost one. */
public enum Via {
    PUSH, PULL;

    /** As the journals have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
