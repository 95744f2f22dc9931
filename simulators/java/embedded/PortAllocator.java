package embedded;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Ports for servers that are killed and restarted on the same port. They lie below the system's range of ephemeral ports:
 * otherwise an outgoing connection could take the port while the server is down.
 */
public final class PortAllocator {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    /** Not seeded, so that two runs on one machine ask for different ports. */
    private final Random random = new Random();
    private final Set<Integer> given = new HashSet<>();

    /** A port that is free now and that this allocator has not given before. */
    public synchronized int port() {
        while (true) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (Ports.isFree(port) && given.add(port)) {
                return port;
            }
        }
    }
}
