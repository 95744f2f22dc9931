package chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import stage.Wait;

/** What befalls the database. */
enum DatabaseNemesis implements Nemesis {

    KILLED {
        @Override
        public String strike(Cast cast, SplittableRandom chance) {
            int killed = cast.database().kill();
            if (cast.database().isAlive()) {
                throw new NoEffect("the server survived");
            }
            cast.database().start();
            return killed + " processes of PostgreSQL were killed";
        }
    },

    STOPPED {
        @Override
        public String strike(Cast cast, SplittableRandom chance) {
            int stopped = cast.database().stop();
            Wait.lasting(STOPPED_FOR);
            cast.database().go();
            return stopped + " processes of PostgreSQL stood still for " + STOPPED_FOR.toSeconds() + " s";
        }
    },

    SESSIONS_ENDED {
        @Override
        public String strike(Cast cast, SplittableRandom chance) {
            AtomicLong ended = new AtomicLong();
            // After another blow it may take a while until there are any again.
            if (!Wait.until(() -> ended.addAndGet(ask(cast, """
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)) > 0, LONGEST_UNUSED)) {
                throw new NoEffect("there were no sessions");
            }
            return ended + " sessions were ended";
        }
    },

    /** Every transaction of the hubs waits for a table that is locked, until none of their connections is free. */
    POOL_EXHAUSTED {
        @Override
        public String strike(Cast cast, SplittableRandom chance) {
            try (Connection locking = cast.database().connect(); Statement statement = locking.createStatement()) {
                locking.setAutoCommit(false);
                statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
                Wait.lasting(LOCKED_FOR);
                long waiting = ask(cast, """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """);
                locking.rollback();
                if (waiting == 0) {
                    throw new NoEffect("nobody waited for the locked table");
                }
                return waiting + " sessions waited for a locked table at the end of " + LOCKED_FOR.toSeconds() + " s";
            } catch (SQLException e) {
                throw new NoEffect("the table could not be locked: " + e.getMessage());
            }
        }
    };

    private static final Duration STOPPED_FOR = Duration.ofSeconds(7);
    private static final Duration LOCKED_FOR = Duration.ofSeconds(4);
    private static final Duration LONGEST_UNUSED = Duration.ofSeconds(10);

    @Override
    public String title() {
        return "database " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Duration usualLength(Plan plan) {
        return switch (this) {
            case KILLED -> Duration.ofSeconds(3);
            case STOPPED -> STOPPED_FOR;
            case SESSIONS_ENDED -> Duration.ofSeconds(1);
            case POOL_EXHAUSTED -> LOCKED_FOR;
        };
    }

    private static long ask(Cast cast, String sql) {
        try (Connection connection = cast.database().connect();
             Statement statement = connection.createStatement();
             ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        } catch (SQLException e) {
            throw new NoEffect("the database could not be asked: " + e.getMessage());
        }
    }
}
