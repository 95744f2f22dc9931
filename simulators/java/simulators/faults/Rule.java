package simulators.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often and for how long a fault strikes.
 *
 * @param channel the channel's name; null means every channel that can have the fault
 * @param rate    share of the messages, 0 to 1; for {@code down}, share of the time
 * @param millis  duration in milliseconds, 0 to an hour: the most for {@code delay} and {@code reorder}, until the
 *                connection is closed for time-outs, of one outage for {@code down}; null means the fault's usual
 *                duration
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rule(Fault fault, String channel, double rate, Long millis) {

    private static final Pattern TEXT = Pattern.compile("(?<fault>[a-z0-9-]+)=(?<rate>[0-9.]+)"
            + "(@(?<channel>[a-z-]+))?(:(?<length>\\d{1,7})(?<unit>ms|s|m))?");

    public Rule {
        if (fault == null) {
            throw new IllegalArgumentException("fault is missing");
        }
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be 0 to 1");
        }
        if (millis != null && (millis < 0 || millis > Duration.ofHours(1).toMillis())) {
            throw new IllegalArgumentException("millis must be 0 to 3600000");
        }
    }

    /**
     * Reads {@code lose=0.5}, {@code lose=0.5@events-out} or {@code delay=0.2@events-out:3s}.
     *
     * @throws IllegalArgumentException when the text is no rule; the message says what is expected
     */
    public static Rule parse(String text) {
        Matcher rule = TEXT.matcher(text);
        if (!rule.matches()) {
            throw new IllegalArgumentException(
                    "a fault is NAME=RATE[@CHANNEL][:LENGTH], for example lose=0.5@events-out or delay=0.2:3s");
        }
        Long millis = null;
        if (rule.group("length") != null) {
            long length = Long.parseLong(rule.group("length"));
            millis = switch (rule.group("unit")) {
                case "ms" -> length;
                case "s" -> Math.multiplyExact(length, 1_000L);
                default -> Math.multiplyExact(length, 60_000L);
            };
        }
        return new Rule(Fault.of(rule.group("fault")), rule.group("channel"),
                Double.parseDouble(rule.group("rate")), millis);
    }

    Duration length() {
        if (millis != null) {
            return Duration.ofMillis(millis);
        }
        return switch (fault) {
            case TIME_OUT, TIME_OUT_BUT_APPLIED -> Duration.ofSeconds(30);
            case DOWN -> Duration.ofSeconds(5);
            default -> Duration.ofSeconds(2);
        };
    }
}
