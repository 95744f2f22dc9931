package routes.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

class PromptDnsTest {

    @Test
    void anAddressIsFoundByItsName() throws Exception {
        assertThat(new PromptDns().resolve("127.0.0.1")).containsExactly(InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void aNameThatNobodyHasIsUnknown() {
        assertThatThrownBy(() -> new PromptDns().resolve("nobody.invalid")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aLookUpThatHangsIsGivenUp() {
        CountDownLatch testOver = new CountDownLatch(1);

        assertThatThrownBy(() -> new PromptDns(new Hanging(testOver)).resolve("barista"))
                .isInstanceOf(UnknownHostException.class).hasMessage("barista was not looked up within 1 s");
        testOver.countDown();
    }

    private record Hanging(CountDownLatch until) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
