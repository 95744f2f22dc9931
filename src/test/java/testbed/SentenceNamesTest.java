package testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentenceNamesTest {

    @Test
    void aMethodsNameBecomesASentence() {
        assertThat(SentenceNames.sentence("aPaymentReportedTwiceMakesOneDrink"))
                .isEqualTo("a payment reported twice makes one drink");
        assertThat(SentenceNames.sentence("aBodyThatIsNoJSONIsRefusedWith400")).isEqualTo("a body that is no JSON is refused with400");
        assertThat(SentenceNames.sentence("unlessItIsFull")).isEqualTo("unless it is full");
    }
}
