package contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is read letter by letter for the sake of speed is read as patterns and the JDK read it. */
class ByHandTest {

    private static final Pattern TIME = Pattern.compile(
            "2\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Random random = new Random(81);

    @Test
    void aTimeIsThatOfTheJdkOrNone() {
        int read = 0;
        for (int n = 0; n < 50_000; n++) {
            String text = n % 2 == 0 ? time() : damaged(time());
            Instant expected = expected(text);
            assertThat(Times.read(text)).as(text).isEqualTo(expected);
            read += expected == null ? 0 : 1;
        }
        // Neither nearly all nor nearly none of them.
        assertThat(read).isBetween(10_000, 40_000);
    }

    @Test
    void anIdIsOneByItsPatternOrNone() {
        for (int first = 0; first < 300; first++) {
            for (int second = 0; second < 300; second++) {
                String value = "" + (char) first + (char) second;
                assertThat(Bounds.isName(value)).as(value).isEqualTo(ID.matcher(value).matches());
            }
        }
        for (int length = 0; length < 70; length++) {
            String value = "a".repeat(length);
            assertThat(Bounds.isName(value)).as(value).isEqualTo(ID.matcher(value).matches());
        }
    }

    /** Of the form, and of a day and hour that there are for the most part. */
    private String time() {
        String fraction = random.nextBoolean() ? "" : "." + digits(1 + random.nextInt(9));
        String zone = random.nextBoolean() ? "Z" : (random.nextBoolean() ? "+" : "-") + two(20) + ":" + two(62);
        return "2" + digits(3) + "-" + two(14) + "-" + two(33) + "T" + two(25) + ":" + two(61) + ":" + two(61) + fraction
                + zone;
    }

    private String damaged(String time) {
        int at = random.nextInt(time.length());
        String other = "0129:.-+TZz \u0661".charAt(random.nextInt(13)) + "";
        return switch (random.nextInt(3)) {
            case 0 -> time.substring(0, at) + other + time.substring(at + 1);
            case 1 -> time.substring(0, at) + time.substring(at + 1);
            default -> time.substring(0, at) + other + time.substring(at);
        };
    }

    private String two(int below) {
        return "%02d".formatted(random.nextInt(below));
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int n = 0; n < count; n++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static Instant expected(String text) {
        if (!TIME.matcher(text).matches()) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            boolean writable = !time.toInstant().isBefore(LocalDateTime.of(2000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC))
                    && time.toInstant().isBefore(LocalDateTime.of(3000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC));
            return writable ? time.toInstant() : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
