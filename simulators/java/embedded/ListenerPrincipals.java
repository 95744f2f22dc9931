package embedded;

import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;

/**
 * Names each client of the broker after the listener that it uses, as in {@code User:PROXIED}, so that ACLs can be set for
 * the clients behind a proxy alone, without passwords. Public, because Kafka instantiates it by its class name.
 */
public final class ListenerPrincipals extends DefaultKafkaPrincipalBuilder {

    public ListenerPrincipals() {
        super(null, null);
    }

    @Override
    public KafkaPrincipal build(AuthenticationContext context) {
        return new KafkaPrincipal(KafkaPrincipal.USER_TYPE, context.listenerName());
    }
}
