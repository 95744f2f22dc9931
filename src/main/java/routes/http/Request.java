package routes.http;

import contract.Bounds;
import contract.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ledger.Actor;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** A request's body, as it was read before its route: JSON by its content type, and no longer than the contract has it. */
public final class Request {

    /** An attribute of each request of the API: the bytes of its body, empty when there is none. */
    public static final String BODY = "hub.body";

    /** An attribute of a request that no route has answered: the methods that its path has, as {@code Allow} lists them. */
    public static final String ALLOWED = "hub.allowed";

    /** Of all but route files. */
    public static final int LARGEST_BODY = 64 * 1024;
    public static final int LARGEST_FILES = 512 * 1024;

    private static final String JSON = "application/json";
    private static final Pattern JSON_IN_UTF_8 =
            Pattern.compile(JSON + "(\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    private Request() {
    }

    public static <T> T json(Exchange exchange, Class<T> type) {
        return parse(body(exchange), type);
    }

    public static <T> T parse(byte[] body, Class<T> type) {
        try {
            return Json.read(body, type);
        } catch (Json.Malformed e) {
            throw Problem.malformed(e.getMessage());
        }
    }

    /**
     * What is made of path and query, whose bounds {@link Bounds} holds.
     *
     * @throws Problem 400 in place of an {@link IllegalArgumentException}
     */
    public static <T> T checked(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(e.getMessage());
        }
    }

    /** JSON that carries files, and may be so much longer. */
    public static <T> T files(Exchange exchange, Class<T> type) {
        requireJson(exchange);
        try {
            return Json.readFiles(bytes(exchange, LARGEST_FILES), type);
        } catch (Json.Malformed e) {
            throw Problem.malformed(e.getMessage());
        }
    }

    /** The bytes as they came. */
    public static byte[] body(Exchange exchange) {
        requireJson(exchange);
        return bytes(exchange);
    }

    public static void requireJson(Exchange exchange) {
        String contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        if (contentType == null || !isJson(contentType)) {
            throw new Problem(415, "content-type", "Not JSON",
                    "the body must be application/json in UTF-8; set Content-Type and send it again");
        }
    }

    public static boolean isJson(String contentType) {
        return JSON.equals(contentType) || JSON_IN_UTF_8.matcher(contentType).matches();
    }

    /** Empty when there is none. */
    public static byte[] bytes(Exchange exchange) {
        return bytes(exchange, LARGEST_BODY);
    }

    private static byte[] bytes(Exchange exchange, int largest) {
        byte[] body = (byte[]) exchange.getMessage(HttpMessage.class).getRequest().getAttribute(BODY);
        if (body.length > largest) {
            throw Problem.tooLarge(largest);
        }
        return body;
    }

    /** An id from the path or the query. */
    public static String id(Exchange exchange, String name) {
        return checked(() -> Bounds.id(name, given(exchange, name)));
    }

    /** As {@link #id}; null when the query has no such parameter. */
    public static String idIfGiven(Exchange exchange, String name) {
        return given(exchange, name) == null ? null : id(exchange, name);
    }

    /** A parameter of the query as it was given; null when it wasn't. */
    public static String given(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, String.class);
    }

    /** A time from the query; null when there is none. */
    public static Instant time(Exchange exchange, String name) {
        String time = given(exchange, name);
        try {
            return time == null ? null : Json.read(Json.write(time), Instant.class);
        } catch (Json.Malformed e) {
            throw Problem.malformed(name + " must be a time as in 2026-03-01T08:30:00Z, its + written as %2B");
        }
    }

    /** The highest of the roles that people have; who has none of them has the name that the audit knows. */
    public static String role(Exchange exchange) {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        Set<String> roles = request.getUserPrincipal() instanceof Authentication known
                ? AuthorityUtils.authorityListToSet(known.getAuthorities()) : Set.of();
        return Stream.of("deployer", "operator", "viewer").filter(roles::contains).findFirst()
                .orElseGet(() -> String.valueOf(request.getRemoteUser()));
    }

    /** Who acts, and from where: for the audit, where whoever asks this writes what came of it, unless it is refused. */
    public static Actor actor(Exchange exchange) {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        AuditHint.byRoute(request);
        return new Actor(request.getRemoteUser(), request.getRemoteAddr());
    }
}
