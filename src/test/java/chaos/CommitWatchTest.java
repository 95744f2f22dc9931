package chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A connection as the driver speaks on it: statements have names after their first use, and chunks end anywhere. */
class CommitWatchTest {

    private static final String PAYMENT = "INSERT INTO payment (id) SELECT 1";

    private final OneShot beforeCommit = new OneShot();
    private final OneShot afterCommit = new OneShot();
    private final AtomicInteger committed = new AtomicInteger();
    private final CommitWatch watch = new CommitWatch(beforeCommit, afterCommit, committed::incrementAndGet);

    @Test
    void withoutATrapEverythingGoesOn() {
        assertThat(ask(startup(), parse("", "BEGIN"), bind(""), parse("S1", PAYMENT), bind("S1"), parse("S2", "COMMIT"),
                bind("S2"))).isTrue();
        assertThat(answer("BEGIN", "INSERT 0 1", "COMMIT")).isTrue();
        assertThat(committed).hasValue(1);
    }

    @Test
    void aCommitOfAPaymentDoesNotReachTheServerOfAHubThatIsKilledBefore() {
        CompletableFuture<Boolean> sprung = set(beforeCommit);

        assertThat(ask(startup(), parse("", "BEGIN"), bind(""), parse("S1", PAYMENT), bind("S1"))).isTrue();
        assertThat(ask(parse("S2", "COMMIT"), bind("S2"))).isFalse();
        assertThat(sprung.join()).isTrue();
    }

    @Test
    void theServersWordOfItDoesNotReachAHubThatIsKilledAfter() {
        CompletableFuture<Boolean> sprung = set(afterCommit);

        assertThat(ask(startup(), parse("", "BEGIN"), bind(""), parse("S1", PAYMENT), bind("S1"), parse("S2", "COMMIT"),
                bind("S2"))).isTrue();
        assertThat(answer("BEGIN", "INSERT 0 1")).isTrue();
        assertThat(answer("COMMIT")).isFalse();
        assertThat(sprung.join()).isTrue();
    }

    @Test
    void statementsAreKnownByTheirNamesLater() {
        ask(startup(), parse("S1", PAYMENT), bind("S1"), parse("S2", "COMMIT"), bind("S2"));
        answer("INSERT 0 1", "COMMIT");
        CompletableFuture<Boolean> sprung = set(beforeCommit);

        assertThat(ask(bind("S1"))).isTrue();
        assertThat(ask(bind("S2"))).isFalse();
        assertThat(sprung.join()).isTrue();
    }

    @Test
    void otherTransactionsAreLeftAlone() {
        CompletableFuture<Boolean> sprung = set(beforeCommit);

        assertThat(ask(startup(), parse("", "BEGIN"), bind(""), parse("S1", "UPDATE orders SET id = 1"), bind("S1"),
                parse("S2", "COMMIT"), bind("S2"))).isTrue();
        // The next one is of a payment, and springs it.
        ask(parse("S3", PAYMENT), bind("S3"), bind("S2"));
        assertThat(sprung.join()).isTrue();
    }

    @Test
    void aPaymentThatWasRolledBackIsNotCommitted() {
        ask(startup(), parse("", "BEGIN"), bind(""), parse("S1", PAYMENT), bind("S1"));
        assertThat(answer("INSERT 0 1", "ROLLBACK")).isTrue();
        ask(parse("S2", "BEGIN"), bind("S2"), parse("S3", "COMMIT"), bind("S3"));
        answer("BEGIN", "COMMIT");

        assertThat(committed).hasValue(0);
    }

    @Test
    void aMessageThatComesByteByByteIsOneAllTheSame() {
        CompletableFuture<Boolean> sprung = set(beforeCommit);
        byte[] all = joined(startup(), parse("S1", PAYMENT), bind("S1"), parse("S2", "COMMIT"), bind("S2"));
        boolean mustGoOn = true;
        for (byte one : all) {
            mustGoOn &= watch.fromClient(new byte[] {one}, 1);
        }

        assertThat(mustGoOn).isFalse();
        assertThat(sprung.join()).isTrue();
    }

    /** Returns when the trap is set. */
    private static CompletableFuture<Boolean> set(OneShot trap) {
        CompletableFuture<Boolean> sprung =
                CompletableFuture.supplyAsync(() -> OneShot.first(List.of(trap), any -> () -> { }, Duration.ofSeconds(20)).isPresent());
        Awaitility.await().pollDelay(Duration.ZERO).until(trap::isArmed);
        return sprung;
    }

    private boolean ask(byte[]... messages) {
        byte[] all = joined(messages);
        return watch.fromClient(all, all.length);
    }

    private boolean answer(String... tags) {
        byte[] all = joined(Arrays.stream(tags).map(tag -> message('C', text(tag))).toArray(byte[][]::new));
        return watch.fromServer(all, all.length);
    }

    private static byte[] startup() {
        byte[] body = joined(new byte[] {0, 3, 0, 0}, text("user"), text("hub"), new byte[1]);
        return joined(ByteBuffer.allocate(4).putInt(4 + body.length).array(), body);
    }

    private static byte[] parse(String name, String sql) {
        return message('P', joined(text(name), text(sql), new byte[2]));
    }

    private static byte[] bind(String statement) {
        return message('B', joined(text(""), text(statement), new byte[6]));
    }

    private static byte[] message(char type, byte[] body) {
        return joined(new byte[] {(byte) type}, ByteBuffer.allocate(4).putInt(4 + body.length).array(), body);
    }

    private static byte[] text(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
