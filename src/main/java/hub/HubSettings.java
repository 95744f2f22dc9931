package hub;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import lifecycle.UnfitSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings below {@code hub.}. Durations have units, as in {@code 30s}.
 *
 * @param tokens   the bearer tokens; an empty one is not accepted
 * @param oidc     the OpenID Connect issuer whose tokens are accepted as well
 * @param patience how long the hub itself waits
 */
@ConfigurationProperties("hub")
record HubSettings(Kafka kafka, Tokens tokens, Oidc oidc, Patience patience) {

    /**
     * @param brokers    as in {@code kafka-1:9092,kafka-2:9092}
     * @param properties of Kafka's clients, for TLS and SASL: {@code hub.kafka.properties.security.protocol=SASL_SSL}
     * @param topics     the topics to create when absent, by name
     * @param replicas   replicas of a topic that the hub creates; null for the broker's default
     */
    record Kafka(String brokers, Map<String, String> properties, Map<String, Topic> topics, Short replicas) {
        Kafka {
            properties = properties == null ? Map.of() : properties;
            topics = topics == null ? Map.of() : topics;
        }
    }

    /** @param retention how long messages are kept */
    record Topic(int partitions, Duration retention) {
    }

    /**
     * @param viewer   sees everything but the audit
     * @param operator acts on what runs
     * @param deployer changes what runs
     * @param shop     confirms and cancels orders
     * @param barista  fetches what its stores have missed
     * @param dispatch fetches what it has missed
     */
    record Tokens(String viewer, String operator, String deployer, String shop, String barista, String dispatch) {

        /** Characters. 24 random letters and digits hold more than 128 bits. */
        private static final int SHORTEST = 24;

        /** A bearer token of RFC 6750. Any other text could be configured but never sent. */
        private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

        /** @throws UnfitSetting when one can be guessed, can't be sent, or has two roles */
        Tokens {
            Map<String, String> settings = new HashMap<>();
            judge("viewer (HUB_VIEWER_TOKEN)", viewer, settings);
            judge("operator (HUB_TOKEN)", operator, settings);
            judge("deployer (HUB_DEPLOYER_TOKEN)", deployer, settings);
            judge("shop (HUB_SHOP_TOKEN)", shop, settings);
            judge("barista (HUB_BARISTA_TOKEN)", barista, settings);
            judge("dispatch (HUB_DISPATCH_TOKEN)", dispatch, settings);
        }

        private static void judge(String setting, String token, Map<String, String> before) {
            if (token == null || token.isEmpty()) {
                return;
            }
            String same = before.putIfAbsent(token, setting);
            String what = !BEARER.matcher(token).matches()
                    ? "is no bearer token, which has letters, digits and -._~+/ alone, with = at its end at most"
                    : token.length() < SHORTEST ? "has fewer than " + SHORTEST + " characters, and might be guessed"
                    : same != null ? "is that of hub.tokens." + same + ", too, and its holder would have two roles" : null;
            if (what != null) {
                throw new UnfitSetting("hub.tokens." + setting + " " + what + ": set it to a random text of its own, as "
                        + "`openssl rand -hex 32` makes one, give that to those who use it, and start the hub again");
            }
        }

        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    /**
     * An OpenID Connect issuer whose JWTs are accepted.
     *
     * @param issuer    its address, exactly as in its tokens' {@code iss}; empty for none
     * @param jwks      the address of its keys; empty to read it from the discovery document
     * @param audience  the {@code aud} of tokens that are meant for this hub
     * @param roles     the claim that lists the roles; a nested one with dots, as in {@code realm_access.roles}
     * @param name      the claim that is a person's name in the audit; {@code sub} when a token lacks it
     * @param clockSkew the largest accepted difference between the issuer's clock and ours; five minutes at most
     */
    record Oidc(String issuer, String jwks, String audience, String roles, String name, Duration clockSkew) {

        private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);

        Oidc {
            issuer = Objects.requireNonNullElse(issuer, "").strip();
            jwks = Objects.requireNonNullElse(jwks, "").strip();
            audience = Objects.requireNonNullElse(audience, "").strip();
            if (!issuer.isEmpty() && audience.isEmpty()) {
                throw new UnfitSetting("hub.oidc.audience is missing: without it, tokens that the issuer "
                        + "gave for other services would open this hub; set it to what stands in their aud");
            }
            if (clockSkew.isNegative() || clockSkew.compareTo(LARGEST_SKEW) > 0) {
                throw new UnfitSetting("hub.oidc.clock-skew must be 0s to 5m");
            }
        }
    }

    /**
     * @param unpaid how long a confirmed order waits for its payment
     * @param early  how long an event waits for what it builds on
     */
    record Patience(Duration unpaid, Duration early) {
    }
}
