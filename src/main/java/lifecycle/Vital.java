package lifecycle;

import java.util.List;

/**
 * A bean or a route's consumer with threads that the hub cannot work without. A watchdog asks each of them every second;
 * when a thread has ended, the process ends, since nothing else would start that thread again.
 */
public interface Vital {

    /** @return the names of threads that have ended although they should run; empty when all run */
    List<String> ended();
}
