package chaos;

import embedded.Wait;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Failures of the broker. */
enum BrokerNemesis implements Nemesis {

    KILLED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            String died = kill(cluster);
            revive(cluster);
            return died;
        }
    },

    /** Down for a minute in a long run, for ten seconds in a short one. */
    DOWN {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            String died = kill(cluster);
            Duration down = downFor(cluster.plan());
            Wait.lasting(down);
            revive(cluster);
            return died + " and was down for " + down.toSeconds() + " s";
        }
    },

    /** As after a power cut before the page cache was written: the last records of some partitions are gone. */
    LOST_ITS_LAST_RECORDS {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            String died = kill(cluster);
            List<String> cut = cutLogs(cluster.plan().directory().resolve("kafka").resolve("data"), chance);
            revive(cluster);
            if (cut.isEmpty()) {
                throw new NoEffect("no partition had records to lose");
            }
            return died + "; gone are " + String.join(", ", cut);
        }
    };

    private static final int PARTITIONS = 6;
    private static final int MOST_BYTES = 4_000;

    @Override
    public String title() {
        return "broker " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        Duration restart = Duration.ofSeconds(8);
        return this == DOWN ? downFor(plan).plus(restart) : restart;
    }

    private static Duration downFor(ChaosPlan plan) {
        return plan.isShort() ? Duration.ofSeconds(10) : Duration.ofMinutes(1);
    }

    private static String kill(Cluster cluster) {
        cluster.broker().kill();
        if (cluster.broker().isAlive()) {
            throw new NoEffect("the broker survived");
        }
        return "process " + cluster.broker().pid() + " of the broker died with exit code " + cluster.broker().exitCode();
    }

    private static void revive(Cluster cluster) {
        cluster.broker().start();
        cluster.awaitBroker();
    }

    private static List<String> cutLogs(Path data, SplittableRandom chance) {
        List<String> cut = new ArrayList<>();
        List<Path> logs = new ArrayList<>(lastSegments(data));
        while (cut.size() < PARTITIONS && !logs.isEmpty()) {
            Path log = logs.remove(chance.nextInt(logs.size()));
            try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
                long bytes = Math.min(file.length(), chance.nextInt(MOST_BYTES / 10, MOST_BYTES));
                if (bytes > 0) {
                    file.setLength(file.length() - bytes);
                    cut.add(bytes + " bytes of " + log.getParent().getFileName());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("can't cut " + log, e);
            }
        }
        return cut;
    }

    /** The active segment of each partition of the hub's topics. */
    private static List<Path> lastSegments(Path data) {
        try (Stream<Path> partitions = Files.list(data)) {
            List<Path> segments = new ArrayList<>();
            for (Path partition : partitions.filter(one -> one.getFileName().toString().startsWith("lucky_"))
                    .sorted().toList()) {
                try (Stream<Path> files = Files.list(partition)) {
                    files.filter(file -> file.toString().endsWith(".log")).max(Comparator.naturalOrder())
                            .ifPresent(segments::add);
                }
            }
            return segments;
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + data, e);
        }
    }
}
