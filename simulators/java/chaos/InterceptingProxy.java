package chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;

/** Passes connections on to a port of 127.0.0.1, and lets somebody listen in who may end one at a moment of its choice. */
final class InterceptingProxy implements AutoCloseable {

    /** Listens to one connection. Each side is heard by a thread of its own. */
    interface Interceptor {

        /** @return whether these bytes may go on; if not, both sides are closed and they never arrive */
        boolean fromClient(byte[] bytes, int length);

        /** @return as for {@link #fromClient} */
        boolean fromServer(byte[] bytes, int length);
    }

    @FunctionalInterface
    private interface Side {
        boolean hear(byte[] bytes, int length);
    }

    private final ServerSocket listener;
    private final int target;
    private final Supplier<Interceptor> interceptors;

    InterceptingProxy(int target, Supplier<Interceptor> interceptors) {
        this.target = target;
        this.interceptors = interceptors;
        try {
            listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no listener for the tap before port " + target, e);
        }
        thread("accepts", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        close(listener);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                thread("connects", () -> connect(client));
            } catch (IOException e) {
                // Closed; or the client left before it was taken.
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException e) {
            close(client);
            close(server);
            return;
        }
        Interceptor interceptor = interceptors.get();
        thread("answers", () -> pump(server, client, interceptor::fromServer));
        pump(client, server, interceptor::fromClient);
    }

    private static void pump(Socket from, Socket to, Side side) {
        byte[] chunk = new byte[32 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (!side.hear(chunk, n)) {
                    throw new IOException("ended on purpose");
                }
                out.write(chunk, 0, n);
            }
            to.shutdownOutput();
            if (!from.isOutputShutdown()) {
                return;
            }
        } catch (IOException e) {
            // Either side has gone: so does the other.
        }
        close(from);
        close(to);
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }

    private void thread(String does, Runnable work) {
        Thread thread = new Thread(work, "tap-" + target + "-" + does);
        thread.setDaemon(true);
        thread.start();
    }
}
