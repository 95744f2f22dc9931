package hub;

import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jwt.JWTParser;
import contract.Bounds;
import contract.Visible;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Authenticates callers by the JWTs of an OpenID Connect issuer. */
final class OpenIdConnect {

    private static final long KEYS_KEPT_MS = 5 * 60_000L;
    /** How long keys are used beyond that while the issuer is unreachable. */
    private static final long KEYS_OUTLIVE_IT_MS = 60 * 60_000L;
    private static final long WAIT_FOR_KEYS_MS = 5_000;
    /** At most two requests within this time, so that tokens with invented keys do not load the issuer. */
    private static final long BETWEEN_REQUESTS_MS = 5_000;

    private final HubSettings.Oidc settings;

    private OpenIdConnect(HubSettings.Oidc settings) {
        this.settings = settings;
    }

    /** Sends no request to the issuer yet. */
    static JwtAuthenticationProvider provider(HubSettings.Oidc settings) {
        OpenIdConnect openId = new OpenIdConnect(settings);
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(openId.decoder());
        provider.setJwtAuthenticationConverter(openId::holder);
        return provider;
    }

    private JwtDecoder decoder() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(JWKSourceBuilder.create(new IssuerKeys(settings))
                        .cache(KEYS_KEPT_MS, WAIT_FOR_KEYS_MS).refreshAheadCache(false)
                        .rateLimited(BETWEEN_REQUESTS_MS).outageTolerant(KEYS_OUTLIVE_IT_MS).build())
                .jwsAlgorithms(algorithms -> algorithms.addAll(Arrays.asList(SignatureAlgorithm.values())))
                .build();
        decoder.setJwtValidator(validator());
        return token -> {
            // Otherwise a mistyped configured token would need the keys of an issuer that may be unreachable.
            if (!isJwt(token)) {
                throw new BadJwtException("no JWT");
            }
            return decoder.decode(token);
        };
    }

    private OAuth2TokenValidator<Jwt> validator() {
        JwtTimestampValidator time = new JwtTimestampValidator(settings.clockSkew());
        time.setAllowEmptyExpiryClaim(false);
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        type.setAllowEmpty(true);
        return new DelegatingOAuth2TokenValidator<>(List.of(time, new JwtIssuerValidator(settings.issuer()),
                new JwtAudienceValidator(settings.audience()), type));
    }

    private static boolean isJwt(String token) {
        try {
            JWTParser.parse(token);
            return true;
        } catch (ParseException e) {
            return false;
        }
    }

    private JwtAuthenticationToken holder(Jwt jwt) {
        return new JwtAuthenticationToken(jwt, roles(jwt), name(jwt));
    }

    /**
     * The name for log, audit and page. A role's name is refused, since configured tokens are named by their role; invisible
     * characters are made visible, so that no name looks like another.
     */
    private String name(Jwt jwt) {
        return Stream.of(jwt.getClaims().get(settings.name()), jwt.getSubject())
                .filter(name -> name instanceof String text && isName(text) && !Roles.ALL.contains(text))
                .map(name -> Visible.text((String) name)).findFirst()
                .orElseThrow(() -> new InvalidBearerTokenException("the token names nobody"));
    }

    private static boolean isName(String text) {
        try {
            return !Bounds.text("name", text).isBlank();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Ignores roles that the hub does not know: they belong to other services of the issuer. */
    private List<GrantedAuthority> roles(Jwt jwt) {
        Object claimed = claim(jwt.getClaims(), settings.roles());
        Stream<?> words = claimed instanceof Collection<?> list ? list.stream()
                : claimed instanceof String text ? Arrays.stream(text.split(" ")) : Stream.empty();
        return words.filter(Objects::nonNull).map(Object::toString).filter(Roles.ALL::contains).distinct()
                .<GrantedAuthority>map(SimpleGrantedAuthority::new).toList();
    }

    /** A claim by name, or a nested one: {@code realm_access.roles}. A name may itself contain dots. */
    private static Object claim(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object found = claim(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
