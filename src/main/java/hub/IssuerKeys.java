package hub;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;

/**
 * An issuer's keys, asked for when a token needs them and never at the hub's start. Where they are is read anew each
 * time, so that an issuer may move them; whoever asks here caches, and asks seldom.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final int CONNECT_MS = 2_000;
    private static final int READ_MS = 2_000;
    private static final int LARGEST_ANSWER = 256 * 1024;

    private final ResourceRetriever http = new DefaultResourceRetriever(CONNECT_MS, READ_MS, LARGEST_ANSWER);
    private final HubSettings.Oidc settings;

    IssuerKeys(HubSettings.Oidc settings) {
        this.settings = settings;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        try {
            return JWKSet.parse(get(settings.jwks().isEmpty() ? discovered() : settings.jwks()));
        } catch (ParseException e) {
            throw new JWKSetParseException("the keys of " + settings.issuer() + " can't be read", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("no keys of " + settings.issuer() + ": " + e.getMessage(), e);
        }
    }

    private String discovered() throws IOException, ParseException {
        Map<String, Object> document = JSONObjectUtils.parse(
                get(settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration"));
        // Another issuer's document would have its tokens refused one by one, and nobody would see why.
        if (!settings.issuer().equals(document.get("issuer"))) {
            throw new IOException("its discovery document names another issuer, " + document.get("issuer")
                    + "; set hub.oidc.issuer to exactly that, or correct the address");
        }
        return JSONObjectUtils.getString(document, "jwks_uri");
    }

    private String get(String location) throws IOException {
        return http.retrieveResource(URI.create(location).toURL()).getContent();
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
