package embedded;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Ports for servers that are killed and come back on the same one. They lie below those that the system gives to outgoing
 * connections, one of which could else take the port meanwhile.
 */
public final class PortAllocator {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    /** Not seeded: two runs on one machine should not want the same ports. */
    private final Random random = new Random();
    private final Set<Integer> given = new HashSet<>();

    public synchronized int port() {
        while (true) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (Ports.isFree(port) && given.add(port)) {
                return port;
            }
        }
    }
}
