package routes.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Looks an address up with a time limit, which Java's own look-up lacks. It is used once for a connection, not for each
 * call.
 */
final class PromptDns implements DnsResolver {

    static final long LONGEST_SECONDS = 1;

    private final DnsResolver slow;

    PromptDns() {
        this(SystemDefaultDnsResolver.INSTANCE);
    }

    PromptDns(DnsResolver slow) {
        this.slow = slow;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        FutureTask<InetAddress[]> lookUp = new FutureTask<>(() -> slow.resolve(host));
        Thread thread = new Thread(lookUp, "call-look-up");
        thread.setDaemon(true);
        thread.start();
        try {
            return lookUp.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unknown(host, "", e.getCause());
        } catch (TimeoutException e) {
            throw unknown(host, " was not looked up within " + LONGEST_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, " was not looked up", e);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return slow.resolveCanonicalHostname(host);
    }

    private static UnknownHostException unknown(String host, String why, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host + why);
        unknown.initCause(cause);
        return unknown;
    }
}
