package chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows one connection in PostgreSQL's protocol, version 3 without encryption, for two moments: the COMMIT of a
 * transaction that took a payment is about to reach the server; and the server says that it is committed, which the client
 * doesn't know yet.
 */
final class CommitWatch implements InterceptingProxy.Interceptor {

    private static final String COMMIT = "COMMIT";
    private static final String TAKES_PAYMENT = "INSERT INTO payment";

    private final OneShot beforeCommit;
    private final OneShot afterCommit;
    private final Runnable committed;
    private final Messages client = new Messages(true);
    private final Messages server = new Messages(false);
    private final Map<String, String> statements = new HashMap<>();
    private volatile boolean tookPayment;

    /** @param committed told of each transaction that took a payment and is committed */
    CommitWatch(OneShot beforeCommit, OneShot afterCommit, Runnable committed) {
        this.beforeCommit = beforeCommit;
        this.afterCommit = afterCommit;
        this.committed = committed;
    }

    @Override
    public boolean fromClient(byte[] bytes, int length) {
        return client.feed(bytes, length, this::asked);
    }

    @Override
    public boolean fromServer(byte[] bytes, int length) {
        return server.feed(bytes, length, this::answered);
    }

    private boolean asked(char type, ByteBuffer body) {
        switch (type) {
            case 'P' -> {
                // Parse: a statement gets a name, under which it is used from then on.
                String name = text(body);
                statements.put(name, text(body));
            }
            case 'B' -> {
                // Bind: a portal, then the name of the statement that is about to run.
                text(body);
                return runs(statements.getOrDefault(text(body), ""));
            }
            case 'Q' -> {
                return runs(text(body));
            }
            default -> {
            }
        }
        return true;
    }

    private boolean runs(String sql) {
        if (sql.contains(TAKES_PAYMENT)) {
            tookPayment = true;
        } else if (sql.equalsIgnoreCase("BEGIN")) {
            tookPayment = false;
        }
        return !(tookPayment && sql.equalsIgnoreCase(COMMIT) && beforeCommit.moment());
    }

    private boolean answered(char type, ByteBuffer body) {
        // CommandComplete; of a transaction that failed it would say ROLLBACK.
        if (type != 'C' || !text(body).equals(COMMIT)) {
            return true;
        }
        if (!tookPayment) {
            return true;
        }
        tookPayment = false;
        committed.run();
        return !afterCommit.moment();
    }

    private static String text(ByteBuffer body) {
        int start = body.position();
        while (body.get() != 0) {
            // until the zero that ends it
        }
        return new String(body.array(), body.arrayOffset() + start, body.position() - start - 1,
                StandardCharsets.UTF_8);
    }

    /** A stream of bytes, cut into messages: a type, and the length of what follows, itself included. */
    private static final class Messages {

        @FunctionalInterface
        interface MessageReader {
            boolean read(char type, ByteBuffer body);
        }

        private byte[] buffer = new byte[16 * 1024];
        private int size;
        /** The client's first message has no type. */
        private boolean startup;

        Messages(boolean startup) {
            this.startup = startup;
        }

        boolean feed(byte[] bytes, int length, MessageReader reader) {
            if (size + length > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + length));
            }
            System.arraycopy(bytes, 0, buffer, size, length);
            size += length;
            int at = 0;
            boolean goOn = true;
            while (goOn) {
                int head = startup ? 0 : 1;
                if (size - at < head + 4) {
                    break;
                }
                int end = at + head + ByteBuffer.wrap(buffer, at + head, 4).getInt();
                if (end > size) {
                    break;
                }
                if (!startup) {
                    int body = at + head + 4;
                    goOn = reader.read((char) buffer[at], ByteBuffer.wrap(buffer, body, end - body).slice());
                }
                startup = false;
                at = end;
            }
            System.arraycopy(buffer, at, buffer, 0, size - at);
            size -= at;
            return goOn;
        }
    }
}
