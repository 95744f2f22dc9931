package stage;

import java.nio.file.Path;
import java.util.Map;

/**
 * Who may do what in a demo. The operator's token is the caller's or new; the others are new each time, since only this
 * JVM uses them. The callback key stays, so that a callback signed before a restart is still taken after it.
 */
record Credentials(String operator, boolean operatorGiven, String shop, String barista, String dispatch,
                   String callbackKey) {

    static Credentials of(Map<String, String> environment, Path directory) {
        String given = environment.getOrDefault("HUB_TOKEN", "").strip();
        return new Credentials(given.isEmpty() ? Secrets.made() : given, !given.isEmpty(),
                Secrets.made(), Secrets.made(), Secrets.made(),
                Secrets.kept(directory.resolve("callback.key"), Secrets.webhookKey()));
    }

    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
