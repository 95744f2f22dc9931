package lifecycle;

import java.util.List;

/**
 * Work on threads of its own without which a hub takes requests and does nothing with them. The hub asks all beans and all
 * consumers of routes that are such; one that has ended makes the process end, since nothing else would start it again.
 */
public interface Vital {

    /** The names of what has ended though it is meant to run; empty while all is well. Asked each second. */
    List<String> ended();
}
