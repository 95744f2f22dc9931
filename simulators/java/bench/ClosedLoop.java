package bench;

import embedded.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A closed loop: several clients, each of which repeats an operation for a while, one after the other. */
final class ClosedLoop {

    /** One client. */
    interface Member {
        /** Performs the operation once. @return how many units it has done */
        int act() throws Exception;
    }

    private ClosedLoop() {
    }

    /** @return units a second, of all clients together */
    static double perSecond(List<? extends Member> members, Duration time) {
        ExecutorService threads = Executors.newFixedThreadPool(members.size());
        try {
            long start = System.nanoTime();
            List<Future<Long>> counts = new ArrayList<>();
            for (Member member : members) {
                counts.add(threads.submit((Callable<Long>) () -> {
                    long count = 0;
                    while (System.nanoTime() - start < time.toNanos()) {
                        count += member.act();
                    }
                    return count;
                }));
            }
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            return all / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a limit could not be measured", e.getCause());
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        } finally {
            threads.shutdownNow();
        }
    }
}
