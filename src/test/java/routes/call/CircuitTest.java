package routes.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Who is left alone: a store, or all of an address. */
class CircuitTest {

    private static final Callable<String> WELL = () -> "well";
    private static final Callable<String> FAILS = () -> {
        throw UselessAnswerException.status(500);
    };
    private static final Callable<String> HANGS = () -> {
        throw new TimeoutException();
    };
    private static final Callable<String> AWAY = () -> {
        throw new ConnectException();
    };

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Circuit circuit = new Breakers(metrics).of(URI.create("http://barista/orders"));

    @Test
    void aStoreThatHangsWhileOthersAreAnsweredIsLeftAloneByItself() throws Exception {
        for (int i = 0; i < 40; i++) {
            ask("well", WELL);
            fails("store-" + i, HANGS, OfOneStoreException.class);
        }
        assertThat(ask("well", WELL)).isEqualTo("well");
    }

    @Test
    void anAddressAtWhichAllHangIsLeftAlone() {
        for (int i = 0; i < 10; i++) {
            fails("store-" + i, HANGS, TimeoutException.class);
        }
        fails("another", WELL, CallNotPermittedException.class);
    }

    @Test
    void anAddressThatCanNotBeReachedIsLeftAloneEvenIfItHasJustAnswered() throws Exception {
        for (int i = 0; i < 20; i++) {
            ask("well", WELL);
        }
        for (int i = 0; i < 10; i++) {
            fails("store-" + i, AWAY, ConnectException.class);
        }
        fails("another", WELL, CallNotPermittedException.class);
    }

    @Test
    void ofThirtyThousandStoresAFewThousandCircuitsAreKeptAndOneFigure() {
        for (int i = 0; i < 30_000; i++) {
            fails("store-" + i, FAILS, OfOneStoreException.class);
        }
        for (int i = 0; i < 3; i++) {
            fails("store-29999", FAILS, OfOneStoreException.class);
        }
        assertThat(circuit.storesKept()).isLessThanOrEqualTo(2_000);
        assertThat(metrics.get("hub.call.stores.left.alone").gauge().value()).isEqualTo(1);
        assertThat(metrics.getMeters()).hasSizeLessThan(30);
    }

    @Test
    void aStoreThatIsWellAgainIsForgotten() throws Exception {
        fails("store", FAILS, OfOneStoreException.class);
        assertThat(circuit.storesKept()).isEqualTo(1);
        for (int i = 0; i < 6; i++) {
            ask("store", WELL);
        }
        assertThat(circuit.storesKept()).isZero();
    }

    private String ask(String store, Callable<String> call) throws Exception {
        return circuit.call(store, Duration.ofSeconds(3), call);
    }

    private void fails(String store, Callable<String> call, Class<? extends Exception> with) {
        assertThatThrownBy(() -> ask(store, call)).isInstanceOf(with);
    }
}
