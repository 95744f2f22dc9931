package chaos;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Watches one HTTP connection of a hub to the barista for the moment at which a pull sends its question. */
final class PullWatch implements InterceptingProxy.Interceptor {

    private static final List<String> PULLS = List.of("POST /orders ", "POST /tickets/states ");
    private static final int LONGEST = 32;

    private final OneShot inPull;

    PullWatch(OneShot inPull) {
        this.inPull = inPull;
    }

    @Override
    public boolean fromClient(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(length, LONGEST), StandardCharsets.ISO_8859_1);
        if (PULLS.stream().anyMatch(start::startsWith)) {
            // The question is passed on: the hub dies between its question and the answer.
            inPull.moment();
        }
        return true;
    }

    @Override
    public boolean fromServer(byte[] bytes, int length) {
        return true;
    }
}
