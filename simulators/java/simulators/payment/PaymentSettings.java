package simulators.payment;

import java.net.URI;
import java.time.Duration;
import simulators.wire.Place;
import simulators.wire.RetryDelays;

/**
 * Settings of the payment system: address, journal, seed and faults; how it calls the hub back.
 *
 * @param hub          the hub's address, without a path
 * @param key          the Standard Webhooks secret, {@code whsec_…}
 * @param timeout      for the answer to one callback
 * @param retries      pauses after no answer or a 5xx; retried without end
 * @param afterRefusal pauses after a 4xx
 * @param refusals     after how many 4xx in a row the callback is given up
 */
public record PaymentSettings(Place place, URI hub, String key, Duration timeout, RetryDelays retries,
                              RetryDelays afterRefusal, int refusals) {

    /**
     * Defaults: a time-out of 5 s, pauses from 200 ms to 10 s; after a refusal from 5 s to a minute, given up after five.
     */
    public static PaymentSettings of(Place place, URI hub, String key) {
        return new PaymentSettings(place, hub, key, Duration.ofSeconds(5),
                new RetryDelays(Duration.ofMillis(200), Duration.ofSeconds(10)),
                new RetryDelays(Duration.ofSeconds(5), Duration.ofMinutes(1)), 5);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PaymentSettings[place=" + place + ", hub=" + hub + "]";
    }
}
