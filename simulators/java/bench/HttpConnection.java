package bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.Consumer;

/** A non-blocking connection to a server, for one exchange at a time. An exchange that fails closes it. */
final class HttpConnection {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Consumer<HttpConnection> free;
    private final Consumer<HttpConnection> gone;
    private final ByteBuffer in = ByteBuffer.allocate(16_384);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private HttpExchanges.Answered then;
    private byte[] answer = new byte[16_384];
    private int received;

    /**
     * @param free is called when the connection can be used again
     * @param gone is called when it is closed
     */
    HttpConnection(InetSocketAddress server, Selector selector, Consumer<HttpConnection> free,
                   Consumer<HttpConnection> gone) {
        this.free = free;
        this.gone = gone;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(server);
            key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            throw new IllegalStateException("can't connect to " + server, e);
        }
    }

    void send(byte[] request, HttpExchanges.Answered hears) {
        then = hears;
        received = 0;
        out = ByteBuffer.wrap(request);
        if (channel.isConnected()) {
            write();
        }
    }

    /** Connects, writes or reads, as the selector has found possible. */
    void ready(SelectionKey which) {
        try {
            if (which.isConnectable()) {
                channel.finishConnect();
                write();
            } else if (which.isWritable()) {
                write();
            }
            if (which.isValid() && which.isReadable()) {
                read();
            }
        } catch (IOException e) {
            fail();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing more can be done.
        }
    }

    private void write() {
        try {
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } catch (IOException e) {
            fail();
        }
    }

    private void read() throws IOException {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
            fail();
            return;
        }
        if (received + count > answer.length) {
            answer = Arrays.copyOf(answer, 2 * (received + count));
        }
        in.flip().get(answer, received, count);
        received += count;
        int status = ResponseParser.statusIfWhole(answer, received);
        if (status > 0 && then != null) {
            HttpExchanges.Answered hears = then;
            then = null;
            if (ResponseParser.endsConnection(answer, received)) {
                close();
                gone.accept(this);
            } else {
                free.accept(this);
            }
            hears.answered(status, System.nanoTime());
        }
    }

    private void fail() {
        close();
        gone.accept(this);
        if (then != null) {
            HttpExchanges.Answered hears = then;
            then = null;
            hears.answered(0, System.nanoTime());
        }
    }
}
