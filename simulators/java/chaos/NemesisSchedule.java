package chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Which nemeses strike, and in what order; it follows from the length of the run and its seed. */
final class NemesisSchedule {

    /** Pause between two nemeses, in which the hubs work undisturbed. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** Nemeses that have precedence in a short run. */
    private static final List<Nemesis> ALWAYS = List.of(
            HubNemesis.KILLED_AFTER_COMMIT,
            HubNemesis.STOPPED,
            BrokerNemesis.KILLED,
            DatabaseNemesis.KILLED,
            new NetworkNemesis(Cluster.Link.TO_DATABASE, NetworkNemesis.Harm.CUT),
            new NetworkNemesis(Cluster.Link.TO_DATABASE, NetworkNemesis.Harm.HALF_OPEN));

    private NemesisSchedule() {
    }

    static List<Nemesis> all() {
        List<Nemesis> all = new ArrayList<>();
        all.addAll(Arrays.asList(HubNemesis.values()));
        all.addAll(Arrays.asList(BrokerNemesis.values()));
        all.addAll(Arrays.asList(RecordsNemesis.values()));
        all.addAll(Arrays.asList(RightsNemesis.values()));
        all.addAll(Arrays.asList(DatabaseNemesis.values()));
        all.addAll(Arrays.asList(NeighbourNemesis.values()));
        all.addAll(NetworkNemesis.all());
        all.addAll(Arrays.asList(ClockNemesis.values()));
        return all;
    }

    /** As {@link #of(Duration, long, ChaosPlan, Predicate)}, of all nemeses. */
    static List<Nemesis> of(Duration faults, long seed, ChaosPlan lengths) {
        return of(faults, seed, lengths, nemesis -> true);
    }

    /**
     * The nemeses that fit into the time: first those with precedence, then the others once each, then all of them again.
     *
     * @param faults  the time
     * @param lengths the plan by which the length of each nemesis is estimated
     * @param which   only nemeses that match
     */
    static List<Nemesis> of(Duration faults, long seed, ChaosPlan lengths, Predicate<Nemesis> which) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Nemesis> always = ALWAYS.stream().filter(which).toList();
        List<Nemesis> rest = new ArrayList<>(all());
        rest.removeAll(ALWAYS);
        rest.removeIf(nemesis -> nemesis.cannotStrike() != null || !which.test(nemesis));
        List<Nemesis> first = new ArrayList<>();
        List<Nemesis> again = new ArrayList<>();
        Duration left = faults;
        left = fill(first, shuffled(always, random), left, lengths);
        left = fill(first, shuffled(rest, random), left, lengths);
        // Precedence says that they strike, not that they strike first.
        List<Nemesis> chosen = shuffled(first, random);
        for (Duration before = left.plusNanos(1); left.compareTo(before) < 0;) {
            before = left;
            left = fill(again, shuffled(first, random), left, lengths);
        }
        chosen.addAll(again);
        return chosen;
    }

    /** Chooses as many as fit. @return the time that is left */
    private static Duration fill(List<Nemesis> chosen, List<Nemesis> from, Duration time, ChaosPlan lengths) {
        Duration left = time;
        for (Nemesis nemesis : from) {
            Duration takes = nemesis.usualLength(lengths).plus(PAUSE);
            if (takes.compareTo(left) <= 0) {
                chosen.add(nemesis);
                left = left.minus(takes);
            }
        }
        return left;
    }

    private static <T> List<T> shuffled(List<T> list, SplittableRandom random) {
        List<T> shuffled = new ArrayList<>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T one = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, one);
        }
        return shuffled;
    }
}
