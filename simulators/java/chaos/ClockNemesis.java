package chaos;

import embedded.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A hub whose wall clock is wrong, by libfaketime. The monotonic clock stays right. */
enum ClockNemesis implements Nemesis {

    AN_HOUR_AHEAD("+3600"),
    AN_HOUR_BEHIND("-3600");

    private static final Duration LASTS = Duration.ofSeconds(12);
    private static final List<String> PLACES = List.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib64/faketime/libfaketime.so.1",
            "/usr/local/lib/faketime/libfaketime.so.1");

    private final String offset;

    ClockNemesis(String offset) {
        this.offset = offset;
    }

    @Override
    public String title() {
        return "clock of a hub " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        return LASTS.plusSeconds(20);
    }

    @Override
    public String cannotStrike() {
        return library().isPresent() ? null : "libfaketime is not installed (Debian: apt-get install faketime)";
    }

    @Override
    public String strike(Cluster cluster, SplittableRandom chance) {
        HubNode hub = cluster.hubs().get(chance.nextInt(cluster.hubs().size()));
        hub.process().kill();
        cluster.revive(hub, wrongClock(library().orElseThrow()));
        hub.awaitReady();
        Wait.lasting(LASTS);
        Optional<String> said = hub.dateHeader();
        hub.process().kill();
        cluster.revive(hub);
        return said.filter(this::isOff).map(date -> hub.name() + " dated its answers " + date).orElseThrow(
                () -> new NoEffect(hub.name() + " dated its answers " + said.orElse("not at all")));
    }

    /**
     * Both variables for leaving the monotonic clock alone are needed, the older for libfaketime before 0.9.8. Its
     * workaround for an old glibc, which is on in Debian's build, has to be off: with it each timed wait of a JVM ends at
     * once, and the hub spins (wolfcw/libfaketime, #287 and #425).
     */
    private Map<String, String> wrongClock(Path library) {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME", offset,
                "DONT_FAKE_MONOTONIC", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    private boolean isOff(String date) {
        Instant told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        long seconds = Duration.between(Instant.now(), told).toSeconds();
        return Math.abs(seconds - Long.parseLong(offset)) < 60;
    }

    private static Optional<Path> library() {
        return PLACES.stream().map(Path::of).filter(Files::exists).findFirst();
    }
}
