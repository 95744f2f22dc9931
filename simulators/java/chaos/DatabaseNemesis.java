package chaos;

import embedded.Wait;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Failures of the database. */
enum DatabaseNemesis implements Nemesis {

    KILLED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            int killed = cluster.database().kill();
            if (cluster.database().isAlive()) {
                throw new NoEffect("the server survived");
            }
            cluster.database().start();
            return killed + " processes of PostgreSQL were killed";
        }
    },

    STOPPED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            int stopped = cluster.database().stop();
            Wait.lasting(STOPPED_FOR);
            cluster.database().resume();
            return stopped + " processes of PostgreSQL stood still for " + STOPPED_FOR.toSeconds() + " s";
        }
    },

    SESSIONS_ENDED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            AtomicLong ended = new AtomicLong();
            // After another nemesis it may take a while until sessions are open again.
            if (!Wait.until(() -> ended.addAndGet(ask(cluster, """
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)) > 0, LONGEST_UNUSED)) {
                throw new NoEffect("there were no sessions");
            }
            return ended + " sessions were ended";
        }
    },

    /** A table is locked, so that the hubs' transactions wait until no connection of their pools is free. */
    POOL_EXHAUSTED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            try (Connection locking = cluster.database().connect(); Statement statement = locking.createStatement()) {
                locking.setAutoCommit(false);
                statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
                Wait.lasting(LOCKED_FOR);
                long waiting = waiting(cluster);
                locking.rollback();
                if (waiting == 0) {
                    throw new NoEffect("no session waited for the locked table");
                }
                return waiting + " sessions waited for a locked table at the end of " + LOCKED_FOR.toSeconds() + " s";
            } catch (SQLException e) {
                throw new NoEffect("the table could not be locked: " + e.getMessage());
            }
        }
    },

    /** Some orders stay locked, as by a client whose host is gone. Only transactions about these orders may have to wait. */
    ORDERS_LOCKED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            try (Connection silent = cluster.database().connect(); Statement statement = silent.createStatement()) {
                silent.setAutoCommit(false);
                AtomicLong locked = new AtomicLong();
                Wait.until(() -> locked.addAndGet(lockSome(statement)) > 0, LONGEST_UNUSED);
                long waited = 0;
                for (Duration time = Duration.ZERO; time.compareTo(SILENT_FOR) < 0; time = time.plus(LOOK)) {
                    Wait.lasting(LOOK);
                    waited = Math.max(waited, waiting(cluster));
                }
                silent.rollback();
                if (waited == 0) {
                    throw new NoEffect("no session waited for any of " + locked + " locked orders");
                }
                return "up to " + waited + " sessions at once waited for " + locked + " orders that were locked for "
                        + SILENT_FOR.toSeconds() + " s";
            } catch (SQLException e) {
                throw new NoEffect("the orders could not be locked: " + e.getMessage());
            }
        }

        @Override
        public LivenessCheck mustGoOn() {
            return LivenessCheck.CALLBACKS;
        }
    };

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration SILENT_FOR = Duration.ofSeconds(15);
    private static final Duration STOPPED_FOR = Duration.ofSeconds(7);
    private static final Duration LOCKED_FOR = Duration.ofSeconds(4);
    private static final Duration LONGEST_UNUSED = Duration.ofSeconds(10);

    @Override
    public String title() {
        return "database " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        return switch (this) {
            case KILLED -> Duration.ofSeconds(3);
            case STOPPED -> STOPPED_FOR;
            case SESSIONS_ENDED -> Duration.ofSeconds(1);
            case POOL_EXHAUSTED -> LOCKED_FOR;
            case ORDERS_LOCKED -> SILENT_FOR;
        };
    }

    /** Number of sessions that wait for a lock. */
    private static long waiting(Cluster cluster) {
        return ask(cluster, """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """);
    }

    /** @return how many orders are locked from now on */
    private static int lockSome(Statement statement) {
        try (ResultSet orders = statement.executeQuery("""
                SELECT id FROM orders WHERE settlement IS NULL ORDER BY confirmed_at DESC LIMIT 20
                FOR UPDATE SKIP LOCKED
                """)) {
            int locked = 0;
            while (orders.next()) {
                locked++;
            }
            return locked;
        } catch (SQLException e) {
            throw new NoEffect("the orders could not be locked: " + e.getMessage());
        }
    }

    private static long ask(Cluster cluster, String sql) {
        try {
            return Long.parseLong(cluster.database().ask(sql).get(0));
        } catch (SQLException e) {
            throw new NoEffect("the database could not be asked: " + e.getMessage());
        }
    }
}
