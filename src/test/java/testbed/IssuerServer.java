package testbed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small OpenID Connect issuer: its discovery document, its keys, and tokens in the shape of Keycloak's. */
public final class IssuerServer implements AutoCloseable {

    public static final String AUDIENCE = "lucky-hub";

    private static final RSAKey KEY = key("first");

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey key = KEY;
    private volatile String named;
    private final List<String> others = new CopyOnWriteArrayList<>();

    public IssuerServer() {
        this(0);
    }

    public IssuerServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        named = url();
        server.createContext("/realms/chain/.well-known/openid-configuration", exchange ->
                answer(exchange, new String(Json.write(Map.of("issuer", named, "jwks_uri", url() + "/keys")),
                        StandardCharsets.UTF_8)));
        server.createContext("/realms/chain/keys", exchange -> {
            asked.incrementAndGet();
            answer(exchange, "{\"keys\":[" + Stream.concat(others.stream(), Stream.of(key.toPublicJWK().toJSONString()))
                    .collect(Collectors.joining(",")) + "]}");
        });
        server.start();
    }

    /** What stands in its tokens as {@code iss}. */
    public String url() {
        return url(server.getAddress().getPort());
    }

    public static String url(int port) {
        return "http://127.0.0.1:" + port + "/realms/chain";
    }

    /** How often it was asked for its keys. */
    public int asked() {
        return asked.get();
    }

    /** From now on its document names another issuer. */
    public void names(String other) {
        named = other;
    }

    /** @param jwk a key that it has besides */
    public void alsoHas(String jwk) {
        others.add(jwk);
    }

    /** From now on it has another key, and signs with it. */
    public void changesItsKey() {
        key = key("second-" + UUID.randomUUID());
    }

    /** A token of someone with these roles. */
    public String token(String name, String... roles) {
        return sign(claims(name, roles).build());
    }

    /** What a good token says, for five minutes more. */
    public JWTClaimsSet.Builder claims(String name, String... roles) {
        return claimsOf(url(), name, roles);
    }

    public static JWTClaimsSet.Builder claimsOf(String issuer, String name, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(issuer).subject("sub-of-" + name).audience(AUDIENCE)
                .issueTime(Date.from(now.minusSeconds(7200))).expirationTime(Date.from(now.plusSeconds(300)))
                .jwtID(UUID.randomUUID().toString()).claim("typ", "Bearer").claim("preferred_username", name)
                .claim("realm_access", Map.of("roles", List.of(roles)));
    }

    public String sign(JWTClaimsSet claims) {
        return sign(claims, key);
    }

    /** Signed by the key that every issuer here has at first. */
    public static String signed(JWTClaimsSet claims) {
        return sign(claims, KEY);
    }

    /** Signed by a key that this issuer doesn't have, which goes by the name of one that it has. */
    public String forged(JWTClaimsSet claims) {
        return sign(claims, key(key.getKeyID()));
    }

    /** Signed by a key of which nobody has heard. */
    public String unheardOf(JWTClaimsSet claims) {
        return sign(claims, key("unheard-of-" + UUID.randomUUID()));
    }

    private static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
