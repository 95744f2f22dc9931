package hub;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import contract.Visible;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the issuer's keys when a token needs them, never at the hub's start. The address of the keys is looked up each
 * time, so that an issuer may move them. Nothing is cached here; the caller ({@link OpenIdConnect}) caches.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final int CONNECT_MS = 2_000;
    private static final int READ_MS = 2_000;
    private static final int LARGEST_ANSWER = 256 * 1024;

    private final ResourceRetriever http = new DefaultResourceRetriever(CONNECT_MS, READ_MS, LARGEST_ANSWER);
    private final HubSettings.Oidc settings;
    /** Why keys were left out the last time, so that the same reasons are logged once. */
    private volatile List<String> leftOut = List.of();

    IssuerKeys(HubSettings.Oidc settings) {
        this.settings = settings;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        try {
            return readable(JSONObjectUtils.parse(get(settings.jwks().isEmpty() ? discovered() : settings.jwks())));
        } catch (ParseException e) {
            throw new JWKSetParseException("the keys of " + settings.issuer() + " can't be read", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("no keys of " + settings.issuer() + ": " + e.getMessage(), e);
        }
    }

    /** Parses the keys one by one: Nimbus rejects a whole set for one key of an unknown kind, and with it every token. */
    private JWKSet readable(Map<String, Object> set) throws ParseException {
        Map<String, Object>[] all = JSONObjectUtils.getJSONObjectArray(set, "keys");
        if (all == null) {
            throw new ParseException("there is no list of keys", 0);
        }
        List<JWK> keys = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Map<String, Object> each : all) {
            try {
                keys.add(JWK.parse(each));
            } catch (ParseException | IllegalArgumentException e) {
                unknown.add(Visible.text(e.getMessage()));
            }
        }
        if (keys.isEmpty() && !unknown.isEmpty()) {
            throw new ParseException(unknown.get(0), 0);
        }
        if (!unknown.isEmpty() && !unknown.equals(leftOut)) {
            LOG.warn("of the {} keys of {} this hub can't read {}: {}; tokens that they sign are refused, all others hold",
                    all.length, settings.issuer(), unknown.size(), unknown);
        }
        leftOut = List.copyOf(unknown);
        return new JWKSet(keys);
    }

    private String discovered() throws IOException, ParseException {
        Map<String, Object> document = JSONObjectUtils.parse(
                get(settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration"));
        // With another issuer's document every token would be refused without a visible reason.
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
