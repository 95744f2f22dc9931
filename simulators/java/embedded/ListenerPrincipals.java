package embedded;

import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;

/**
 * Calls each client of the broker by the listener that it uses, as in {@code User:PROXIED}: with that, rights can be taken
 * from those behind a proxy alone, without passwords. Public, as Kafka makes it by its name.
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
