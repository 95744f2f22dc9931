package routes.http;

import contract.Bounds;
import contract.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ledger.Actor;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Reads an API request's body, path and query, checked: what is malformed throws the {@link Problem} that is its answer. The
 * body was read by a filter before the route.
 *
 * {@snippet :
 * OrderRequest order = Request.json(exchange, OrderRequest.class);
 * String id = Request.id(exchange, "orderId");
 * Instant from = Request.time(exchange, "from");
 * }
 */
public final class Request {

    /** An attribute of each request of the API: the bytes of its body, empty when there is none. */
    public static final String BODY = "hub.body";

    /** An attribute of a request that no route has answered: the methods that its path has, as {@code Allow} lists them. */
    public static final String ALLOWED = "hub.allowed";

    /** The largest body in bytes, at all paths except those of route files. */
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

    /** As {@link #json}, for a body of up to {@link #LARGEST_FILES} bytes with route files. */
    public static <T> T files(Exchange exchange, Class<T> type) {
        requireJson(exchange);
        try {
            return Json.readFiles(bytes(exchange, LARGEST_FILES), type);
        } catch (Json.Malformed e) {
            throw Problem.malformed(e.getMessage());
        }
    }

    /** The bytes of a body that must be JSON by its content type. */
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

    /** The body's bytes, whatever its content type; empty when there is none. */
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

    /** An id from the path or the query, which must be there. */
    public static String id(Exchange exchange, String name) {
        return checked(() -> Bounds.id(name, given(exchange, name)));
    }

    /** As {@link #id}; null when the query has no such parameter. */
    public static String idIfGiven(Exchange exchange, String name) {
        return given(exchange, name) == null ? null : id(exchange, name);
    }

    /** A query parameter as it was given; null when it was not. */
    public static String given(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, String.class);
    }

    /** A time from the query; null when it was not given. */
    public static Instant time(Exchange exchange, String name) {
        String time = given(exchange, name);
        try {
            return time == null ? null : Json.read(Json.write(time), Instant.class);
        } catch (Json.Malformed e) {
            throw Problem.malformed(name + " must be a time as in 2026-03-01T08:30:00Z, its + written as %2B");
        }
    }

    /** The highest role of a person; the caller's name when it has none of these roles. */
    public static String role(Exchange exchange) {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        Set<String> roles = request.getUserPrincipal() instanceof Authentication known
                ? AuthorityUtils.authorityListToSet(known.getAuthorities()) : Set.of();
        return Stream.of("deployer", "operator", "viewer").filter(roles::contains).findFirst()
                .orElseGet(() -> String.valueOf(request.getRemoteUser()));
    }

    /**
     * The language of the parameter {@code language}; English when it isn't given. No request has an Accept-Language here.
     */
    public static Locale language(Exchange exchange) {
        String language = given(exchange, "language");
        if (language != null && !language.matches("en|zh")) {
            throw Problem.malformed("language must be en or zh");
        }
        return language == null ? Locale.ENGLISH : Locale.forLanguageTag(language);
    }

    /**
     * The caller's name and address, for the audit. A route that calls this writes the audit line of a successful act
     * itself; refusals and failures are written for it.
     */
    public static Actor actor(Exchange exchange) {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        AuditHint.byRoute(request);
        return new Actor(request.getRemoteUser(), request.getRemoteAddr());
    }
}
