package hub;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Describes, for an operator, why a starting hub cannot use its database: what is wrong, where, and what to do. */
final class DatabaseTrouble {

    private static final String ADDRESS = "spring.datasource.url (--db)";

    private DatabaseTrouble() {
    }

    /** @param user null when the URL or the system names it */
    static String where(String url, String user) {
        // The URL's parameters may hold a password.
        return "PostgreSQL at " + Objects.requireNonNullElse(url, "no address").replaceFirst("^jdbc:postgresql:(//)?", "")
                .replaceFirst("\\?.*", "") + (user == null || user.isEmpty() ? "" : " for the user " + user);
    }

    /** Whether another attempt may succeed without an operator's intervention. */
    static boolean mayPass(SQLException failure) {
        return switch (kind(failure)) {
            case REFUSED, UNKNOWN_HOST, SILENT, FULL, STARTING, UNREACHABLE -> true;
            default -> false;
        };
    }

    /** @return one sentence; empty when the failure is none of the known kinds */
    static Optional<String> inWords(SQLException failure, String where) {
        String said = Objects.requireNonNullElse(failure.getMessage(), "no reason given").strip().replaceAll("\\s+", " ");
        String what = switch (kind(failure)) {
            case REFUSED -> "takes no connections: nothing listens there; start it, or correct " + ADDRESS;
            case UNKNOWN_HOST -> "can't be found: the name of its host is not known here; correct " + ADDRESS
                    + " or the name service";
            case SILENT -> "does not answer: look whether a firewall is in between, or correct " + ADDRESS;
            case TLS -> "and the hub don't agree on TLS: " + said + "; correct sslmode, sslrootcert or the host's name in "
                    + ADDRESS + ", or the server's certificate";
            case CREDENTIAL -> "doesn't let the hub in: " + said + "; correct spring.datasource.username (--db-user) and "
                    + "SPRING_DATASOURCE_PASSWORD (HUB_DB_PASSWORD), or pg_hba.conf";
            case NO_DATABASE -> "has no such database: " + said + "; create it, owned by the hub's user, or correct "
                    + ADDRESS;
            case NO_RIGHT -> "lacks a right: " + said + "; for its tables the hub's user needs CREATE on the schema, as by "
                    + "GRANT CREATE ON SCHEMA public TO …, or to own the tables that are there";
            case READ_ONLY -> "is read-only, a standby perhaps: " + said + "; name the primary in " + ADDRESS
                    + ", or all of them with targetServerType=primary";
            case FULL -> "has no connection left: " + said + "; raise its limit, or lower "
                    + "spring.datasource.hikari.maximum-pool-size of the hubs";
            case STARTING -> "is not ready: " + said + "; wait until it is";
            case STARTUP_PARAMETER -> "stands behind a pooler that doesn't take a setting of the hub's connections: " + said
                    + "; add it to ignore_startup_parameters of PgBouncer";
            case UNREACHABLE -> "can't be reached: " + said + "; start it, or correct " + ADDRESS;
            case OTHER -> null;
        };
        return Optional.ofNullable(what).map(sentence -> where + " " + sentence + ", and start the hub again");
    }

    private enum Kind {
        REFUSED, UNKNOWN_HOST, SILENT, TLS, CREDENTIAL, NO_DATABASE, NO_RIGHT, READ_ONLY, FULL, STARTING, STARTUP_PARAMETER,
        UNREACHABLE, OTHER
    }

    private static Kind kind(SQLException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return Kind.TLS;
            } else if (cause instanceof UnknownHostException) {
                return Kind.UNKNOWN_HOST;
            } else if (cause instanceof SocketTimeoutException) {
                return Kind.SILENT;
            } else if (cause instanceof ConnectException) {
                return Kind.REFUSED;
            }
        }
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        String said = Objects.requireNonNullElse(failure.getMessage(), "");
        return switch (state) {
            case "3D000" -> Kind.NO_DATABASE;
            case "42501" -> Kind.NO_RIGHT;
            case "25006" -> Kind.READ_ONLY;
            case "53300" -> Kind.FULL;
            case "57P01", "57P02", "57P03" -> Kind.STARTING;
            case "28000", "28P01" -> Kind.CREDENTIAL;
            default -> said.contains("startup parameter") ? Kind.STARTUP_PARAMETER
                    : !state.startsWith("08") ? Kind.OTHER
                    : said.contains("SSL") ? Kind.TLS
                    : state.equals("08004") ? Kind.CREDENTIAL : Kind.UNREACHABLE;
        };
    }
}
