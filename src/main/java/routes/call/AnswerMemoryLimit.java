package routes.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of neighbours' answers may be in memory at a time, over all calls. What finds no room is no answer, and is
 * asked for later.
 */
final class AnswerMemoryLimit {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    AnswerMemoryLimit(long mostBytes) {
        most = mostBytes;
    }

    /** A sixteenth of the heap: while it is read an answer takes about six times its bytes. */
    static AnswerMemoryLimit ofTheHeap() {
        return new AnswerMemoryLimit(Runtime.getRuntime().maxMemory() / 16);
    }

    /** For one call. @param mostBytes of its answer */
    Share share(int mostBytes) {
        return new Share(mostBytes);
    }

    /** What one answer takes, until it is closed. For one thread at a time. */
    final class Share implements AutoCloseable {

        private final int mostBytes;
        private int bytes;

        private Share(int mostBytes) {
            this.mostBytes = mostBytes;
        }

        /** @throws UselessAnswerException when the answer is too long, or there is no room left */
        void take(int more) {
            if (bytes + more > mostBytes) {
                throw UselessAnswerException.tooLong(mostBytes);
            }
            if (taken.addAndGet(more) > most) {
                taken.addAndGet(-more);
                throw UselessAnswerException.noRoom();
            }
            bytes += more;
        }

        /** Gives all of it back. */
        @Override
        public void close() {
            taken.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
