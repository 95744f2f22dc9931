package demo;

import embedded.Secrets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The tokens and keys of a run. In a demo the tokens of viewer, operator and deployer come from the environment or are new;
 * those of the neighbours are always new, because only this JVM uses them. The callback key is kept in a file, so that a
 * callback that was signed before a restart is still accepted after it.
 */
public record Credentials(Token viewer, Token operator, Token deployer, String shop, String barista, String dispatch,
                          String callbackKey) {

    /** @param from the environment variable that it was read from; null when it is new */
    public record Token(String value, String from) {

        static Token of(Map<String, String> environment, String variable) {
            String given = environment.getOrDefault(variable, "").strip();
            return given.isEmpty() ? new Token(Secrets.made(), null) : new Token(given, variable);
        }

        /** For a terminal: the value of a new token, or the name of the variable that holds it. */
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

    /** All new, for one run of bench or chaos. */
    public static Credentials made() {
        return new Credentials(new Token(Secrets.made(), null), new Token(Secrets.made(), null),
                new Token(Secrets.made(), null), Secrets.made(), Secrets.made(), Secrets.made(), Secrets.webhookKey());
    }

    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
