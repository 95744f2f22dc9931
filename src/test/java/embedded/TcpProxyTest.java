package embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that sends each byte back stands behind the proxy. */
class TcpProxyTest {

    private static final int SOON = 200;
    private static final int LONGEST = 20_000;

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "echo");
        thread.setDaemon(true);
        thread.start();
        proxy = TcpProxy.before(echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBothWays() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write('a');
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void aCutClosesWhatIsOpenAndRefusesWhatComes() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write('a');
            assertThat(client.getInputStream().read()).isEqualTo('a');

            proxy.cut();

            assertThat(isClosed(client)).isTrue();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void afterACutItComesBackOnTheSamePort() throws IOException {
        proxy.cut();
        proxy.pass();
        passesBothWays();
    }

    @Test
    void aHangTakesBytesAndForwardsThemWhenItEnds() throws IOException {
        proxy.hang();
        try (Socket client = connect()) {
            client.getOutputStream().write('a');
            client.setSoTimeout(SOON);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.pass();

            client.setSoTimeout(LONGEST);
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void aHangHoldsForAnOpenConnectionToo() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write('a');
            assertThat(client.getInputStream().read()).isEqualTo('a');

            proxy.hang();

            client.getOutputStream().write('b');
            client.setSoTimeout(SOON);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void halfOpenItPassesWhatIsAskedAndKeepsTheAnswer() throws IOException {
        try (Socket client = connect()) {
            proxy.mute();
            client.getOutputStream().write('a');
            // The echo is kept back on its way: so the question has arrived.
            await().until(() -> proxy.touched() == 1);
            client.setSoTimeout(SOON);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.pass();

            client.setSoTimeout(LONGEST);
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void aResetEndsWhatIsOpenAndTakesWhatComes() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write('a');
            assertThat(client.getInputStream().read()).isEqualTo('a');

            proxy.reset();

            assertThat(proxy.touched()).isEqualTo(2);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            passesBothWays();
        }
    }

    @Test
    void aDelayHoldsEachWayBack() throws IOException {
        proxy.delay(Duration.ofMillis(SOON));
        try (Socket client = connect()) {
            long sent = System.nanoTime();
            client.getOutputStream().write('a');
            assertThat(client.getInputStream().read()).isEqualTo('a');
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Duration.ofMillis(2 * SOON));
        }
    }

    @Test
    void closedItLetsGoOfItsPort() {
        proxy.close();
        await().until(() -> Ports.isFree(proxy.port()));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()), LONGEST);
        socket.setSoTimeout(LONGEST);
        return socket;
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread thread = new Thread(() -> echo(socket), "echo");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The other side was cut off: what the tests are about.
        }
    }
}
