package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import testbed.IssuerServer;

/** Which tokens of an issuer hold, and whom they speak of. */
class OpenIdConnectTest {

    private final IssuerServer issuer = new IssuerServer();
    private final JwtAuthenticationProvider hub = hub("realm_access.roles");

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void aGoodTokenSpeaksOfItsHolderAndTheRolesThatAreTheHubs() {
        Authentication mei = holder(issuer.token("mei", "operator", "offline_access", "OPERATOR", "shop"));

        assertThat(mei.getName()).isEqualTo("mei");
        assertThat(roles(mei)).containsExactly("operator", "shop");
    }

    @Test
    void aTokenWithoutARoleSpeaksOfItsHolderAlone() {
        assertThat(roles(holder(issuer.token("mei")))).isEmpty();
        assertThat(roles(holder(with(claims -> claims.claim("realm_access", null))))).isEmpty();
        assertThat(roles(holder(with(claims -> claims.claim("realm_access", "operator"))))).isEmpty();
        assertThat(roles(holder(with(claims -> claims.claim("realm_access", Map.of("roles", Map.of("operator", 1)))))))
                .isEmpty();
        assertThat(roles(holder(with(claims -> claims.claim("roles", List.of("operator")))))).as("another claim").isEmpty();
    }

    @Test
    void theClaimOfTheRolesIsTheConfigurationsToName() {
        String flat = with(claims -> claims.claim("roles", List.of("deployer")));
        String words = with(claims -> claims.claim("roles", "viewer email"));
        String url = with(claims -> claims.claim("https://chain.example/roles", List.of("viewer")));
        String client = with(claims -> claims.claim("resource_access",
                Map.of("lucky.hub", Map.of("roles", List.of("viewer")))));

        assertThat(roles(hub("roles").authenticate(new BearerTokenAuthenticationToken(flat)))).containsExactly("deployer");
        assertThat(roles(hub("roles").authenticate(new BearerTokenAuthenticationToken(words)))).containsExactly("viewer");
        assertThat(roles(hub("https://chain.example/roles").authenticate(new BearerTokenAuthenticationToken(url))))
                .containsExactly("viewer");
        assertThat(roles(hub("resource_access.lucky.hub.roles").authenticate(new BearerTokenAuthenticationToken(client))))
                .containsExactly("viewer");
    }

    @Test
    void withoutANameTheSubjectIsIt() {
        assertThat(holder(with(claims -> claims.claim("preferred_username", null))).getName()).isEqualTo("sub-of-mei");
        assertThat(holder(with(claims -> claims.claim("preferred_username", " "))).getName()).isEqualTo("sub-of-mei");
        assertThat(holder(with(claims -> claims.claim("preferred_username", List.of("li")))).getName())
                .isEqualTo("sub-of-mei");
        assertRefused(with(claims -> claims.claim("preferred_username", null).subject(null)));
    }

    @Test
    void nobodyTakesTheNameOfAConfiguredTokenOrBreaksALineOfTheLog() {
        assertThat(holder(issuer.token("operator", "viewer")).getName()).isEqualTo("sub-of-operator");
        assertThat(holder(with(claims -> claims.claim("preferred_username", "mei\nli"))).getName())
                .isEqualTo("sub-of-mei");
        assertThat(holder(with(claims -> claims.claim("preferred_username", "m".repeat(201)))).getName())
                .isEqualTo("sub-of-mei");
    }

    @Test
    void aNameThatLooksLikeAnotherIsWrittenSoThatItDoesNot() {
        assertThat(holder(issuer.token("mei\u200b", "viewer")).getName()).isEqualTo("mei\\u200B");
        assertThat(holder(issuer.token("\u202eiem", "viewer")).getName()).isEqualTo("\\u202Eiem");
        assertThat(holder(issuer.token("operator\ufeff", "viewer")).getName()).isEqualTo("operator\\uFEFF");
        assertThat(holder(issuer.token("\u6885 \u00c9mile O'Neil", "viewer")).getName())
                .isEqualTo("\u6885 \u00c9mile O'Neil");
    }

    @Test
    void aKeyOfAKindThatTheHubDoesNotKnowIsLeftOut() {
        issuer.alsoHas("""
                {"kty": "EC", "crv": "brainpoolP256r1", "kid": "odd", "use": "sig", "x": "AA", "y": "AA"}""");
        issuer.alsoHas("""
                {"kty": "AKP", "alg": "ML-DSA-44", "kid": "after-quantum", "pub": "AA"}""");
        issuer.alsoHas("""
                {"kid": "nothing"}""");

        assertThat(holder(issuer.token("mei", "viewer")).getName()).isEqualTo("mei");
        assertRefused(issuer.unheardOf(issuer.claims("mei", "deployer").build()));
    }

    @Test
    void aTokenOutOfItsTimeDoesNotHold() {
        Instant now = Instant.now();
        assertRefused(with(claims -> claims.expirationTime(Date.from(now.minusSeconds(31)))));
        assertRefused(with(claims -> claims.expirationTime(null)));
        assertRefused(with(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(60)))));
        assertThat(holder(with(claims -> claims.expirationTime(Date.from(now.minusSeconds(10))))).getName())
                .as("clocks may differ by 30 s").isEqualTo("mei");
    }

    @Test
    void aTokenForAnotherServiceOrOfAnotherIssuerDoesNotHold() {
        assertRefused(with(claims -> claims.audience("another-service")));
        assertRefused(with(claims -> claims.audience((String) null)));
        assertRefused(with(claims -> claims.issuer(issuer.url() + "/")));
        assertRefused(with(claims -> claims.issuer(null)));
        assertThat(holder(with(claims -> claims.audience(List.of("another-service", IssuerServer.AUDIENCE)))).getName())
                .isEqualTo("mei");
    }

    @Test
    void aTokenThatTheIssuerDidNotSignDoesNotHold() throws JOSEException {
        JWTClaimsSet claims = issuer.claims("mei", "deployer").build();
        String good = issuer.sign(claims);
        String[] parts = good.split("\\.");
        String other = issuer.token("mei", "viewer").split("\\.")[1];

        assertRefused(issuer.forged(claims));
        assertRefused(issuer.unheardOf(claims));
        assertRefused(new PlainJWT(claims).serialize());
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + other + "." + parts[2]);
        SignedJWT secret = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        secret.sign(new MACSigner("a key that both sides would have to know"));
        assertRefused(secret.serialize());
    }

    @Test
    void aKeyThatIsNewIsFetchedAndTokensOfUnknownKeysAreNoStormOnTheIssuer() {
        holder(issuer.token("mei", "viewer"));
        int before = issuer.asked();
        issuer.changesItsKey();
        assertThat(holder(issuer.token("li", "viewer")).getName()).isEqualTo("li");

        for (int n = 0; n < 20; n++) {
            String unknown = issuer.unheardOf(issuer.claims("nobody", "deployer").build());
            assertThatThrownBy(() -> holder(unknown)).isInstanceOfAny(InvalidBearerTokenException.class,
                    AuthenticationServiceException.class);
        }
        assertThat(holder(issuer.token("li", "viewer")).getName()).as("keys that are known need no asking").isEqualTo("li");
        assertThat(issuer.asked() - before).isBetween(1, 4);
    }

    @Test
    void knownKeysOutliveTheIssuer() {
        holder(issuer.token("mei", "viewer"));
        issuer.close();

        assertThat(holder(issuer.token("li", "viewer")).getName()).isEqualTo("li");
    }

    @Test
    void withoutTheIssuersKeysNothingIsSaidOfAToken() {
        issuer.names("https://another.example");
        assertThatThrownBy(() -> holder(issuer.token("mei", "viewer"))).isInstanceOf(AuthenticationServiceException.class);
        assertThatThrownBy(() -> holder("no.jwt")).as("this can be said").isInstanceOf(InvalidBearerTokenException.class);
        assertThat(issuer.asked()).isZero();
    }

    @Test
    void anIssuerNeedsAnAudienceAndAClockThatCanBeTrusted() {
        assertThatThrownBy(() -> new HubSettings.Oidc(issuer.url(), "", " ", "roles", "sub", Duration.ZERO))
                .hasMessageContaining("hub.oidc.audience");
        assertThatThrownBy(() -> new HubSettings.Oidc("", "", "", "roles", "sub", Duration.ofMinutes(6)))
                .hasMessageContaining("hub.oidc.clock-skew");
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> holder(token)).isInstanceOf(InvalidBearerTokenException.class);
    }

    private String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return issuer.sign(change.apply(issuer.claims("mei", "operator")
                .claim("realm_access", Map.of("roles", List.of()))).build());
    }

    private Authentication holder(String token) {
        return hub.authenticate(new BearerTokenAuthenticationToken(token));
    }

    private static List<String> roles(Authentication holder) {
        return holder.getAuthorities().stream().map(GrantedAuthority::getAuthority)
                .filter(authority -> !authority.startsWith("FACTOR_")).toList();
    }

    private JwtAuthenticationProvider hub(String roles) {
        return OpenIdConnect.provider(new HubSettings.Oidc(issuer.url(), "", IssuerServer.AUDIENCE, roles,
                "preferred_username", Duration.ofSeconds(30)));
    }
}
