package demo;

import embedded.Secrets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who may do what in a demo. The tokens of people are the caller's or new; those of neighbours are new each time, since
 * only this JVM uses them. The callback key stays, so that a callback signed before a restart is still taken after it.
 */
public record Credentials(Token viewer, Token operator, Token deployer, String shop, String barista, String dispatch,
                          String callbackKey) {

    /** @param from the environment's variable that gave it; null for one that was made */
    public record Token(String value, String from) {

        static Token of(Map<String, String> environment, String variable) {
            String given = environment.getOrDefault(variable, "").strip();
            return given.isEmpty() ? new Token(Secrets.made(), null) : new Token(given, variable);
        }

        /** For a terminal: one that the caller has given is not repeated. */
        String shown() {
            return from == null ? value : "from " + from;
        }

        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    static Credentials of(Map<String, String> environment, Path directory) {
        return new Credentials(Token.of(environment, "HUB_VIEWER_TOKEN"), Token.of(environment, "HUB_TOKEN"),
                Token.of(environment, "HUB_DEPLOYER_TOKEN"), Secrets.made(), Secrets.made(), Secrets.made(),
                Secrets.kept(directory.resolve("callback.key"), Secrets.webhookKey()));
    }

    /** All new, for one run. */
    public static Credentials made() {
        return new Credentials(new Token(Secrets.made(), null), new Token(Secrets.made(), null),
                new Token(Secrets.made(), null), Secrets.made(), Secrets.made(), Secrets.made(), Secrets.webhookKey());
    }

    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
