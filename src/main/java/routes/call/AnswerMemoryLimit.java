package routes.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of neighbours' answers that are in memory at a time, over all calls. An answer for which there is no room
 * counts as no answer, and is asked for later.
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

    /** The room of one call. @param mostBytes of its answer, at most */
    Share share(int mostBytes) {
        return new Share(mostBytes);
    }

    /** The room that one answer takes until this is closed. Not safe for several threads at once. */
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

        /** Gives the room back. */
        @Override
        public void close() {
            taken.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
