package simulators.wire;

import java.util.Locale;

/** How a request of the hub came: as an event, or by the call of a pull that makes up for a lost one. */
public enum Via {
    PUSH, PULL;

    /** The name in the journals. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
