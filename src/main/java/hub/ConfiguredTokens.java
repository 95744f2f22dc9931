package hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** The bearer tokens of the configuration, each of which has one role. Only their SHA-256 digests are kept in memory. */
final class ConfiguredTokens implements OpaqueTokenIntrospector {

    private final Map<String, byte[]> known = new TreeMap<>();

    ConfiguredTokens(HubSettings.Tokens tokens) {
        keep(Roles.VIEWER, tokens.viewer());
        keep(Roles.OPERATOR, tokens.operator());
        keep(Roles.DEPLOYER, tokens.deployer());
        keep(Roles.SHOP, tokens.shop());
        keep(Roles.BARISTA, tokens.barista());
        keep(Roles.DISPATCH, tokens.dispatch());
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        byte[] digest = digest(token);
        // All of them are compared, each in constant time, so that the time taken reveals nothing about a token.
        List<String> holders = known.entrySet().stream()
                .filter(entry -> MessageDigest.isEqual(entry.getValue(), digest)).map(Map.Entry::getKey).toList();
        if (holders.isEmpty()) {
            throw new BadOpaqueTokenException("unknown token");
        }
        return new DefaultOAuth2AuthenticatedPrincipal(holders.get(0), Map.of("sub", holders.get(0)),
                holders.stream().<GrantedAuthority>map(SimpleGrantedAuthority::new).toList());
    }

    private void keep(String role, String token) {
        if (token != null && !token.isEmpty()) {
            known.put(role, digest(token));
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
