package simulators.payment;

import java.net.URI;
import java.time.Duration;
import simulators.wire.Place;
import simulators.wire.RetryDelays;

/**
 * Where the payment system stands, and how it tells the hub.
 *
 * @param hub          the hub's address, without a path
 * @param key          the Standard Webhooks secret, {@code whsec_…}
 * @param timeout      for one callback
 * @param retries      pauses after no answer or a 5xx; these never end
 * @param afterRefusal pauses after a 4xx
 * @param refusals     how many 4xx in a row end it
 */
public record PaymentSettings(Place place, URI hub, String key, Duration timeout, RetryDelays retries,
                              RetryDelays afterRefusal, int refusals) {

    /** The usual patience: 5 s a callback, pauses from 200 ms to 10 s; refused, from 5 s to a minute, five times. */
    public static PaymentSettings of(Place place, URI hub, String key) {
        return new PaymentSettings(place, hub, key, Duration.ofSeconds(5),
                new RetryDelays(Duration.ofMillis(200), Duration.ofSeconds(10)),
                new RetryDelays(Duration.ofSeconds(5), Duration.ofMinutes(1)), 5);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "PaymentSettings[place=" + place + ", hub=" + hub + "]";
    }
}
