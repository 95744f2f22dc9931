package routes.endpoint;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/** How long a Quartz cron may keep a pull waiting. */
final class Cron {

    /** The firings that are looked at one by one. Each hour has the same minutes, and each day the same hours. */
    private static final Duration EACH_FIRING = Duration.ofHours(2);
    private static final int HOURS = 8 * 24;
    private static final int DAYS = 2 * 366;
    private static final int YEARS = 50;

    private Cron() {
    }

    /**
     * Looks at each firing of two hours, then from each hour of eight days, each day of two years, and each year of fifty.
     * In UTC, which has no hour twice as a local time has at the change to winter time.
     *
     * @return a time from which the next firing is further away than this; empty when there is none
     * @throws IllegalArgumentException when it is no cron
     */
    static Optional<Instant> waitsLongerThan(Duration most, String text, Instant now) {
        CronExpression cron;
        try {
            cron = new CronExpression(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException("cron is a Quartz cron, as in 0/30 * * * * ?: " + e.getMessage());
        }
        cron.setTimeZone(TimeZone.getTimeZone("UTC"));
        for (Instant at = now; at.isBefore(now.plus(EACH_FIRING)); at = next(cron, at)) {
            if (isLonger(cron, at, most)) {
                return Optional.of(at);
            }
        }
        Stream<Duration> later = Stream.of(
                IntStream.range(0, HOURS).mapToObj(Duration::ofHours), IntStream.range(0, DAYS).mapToObj(Duration::ofDays),
                IntStream.range(0, YEARS).mapToObj(year -> Duration.ofDays(366L * year))).flatMap(each -> each);
        return later.map(now::plus).filter(at -> isLonger(cron, at, most)).findFirst();
    }

    private static boolean isLonger(CronExpression cron, Instant at, Duration most) {
        Instant next = next(cron, at);
        return next == null || Duration.between(at, next).compareTo(most) > 0;
    }

    private static Instant next(CronExpression cron, Instant at) {
        Date next = cron.getNextValidTimeAfter(Date.from(at));
        return next == null ? null : next.toInstant();
    }
}
