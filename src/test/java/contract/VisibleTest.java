package contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What people are shown of text from outside. */
class VisibleTest {

    @Test
    void textThatIsSeenStaysAsItIs() {
        for (String text : new String[] {"",
            "mei", "\u6885 \u6811", "Jos\u00e9 O'Neil", "DOMAIN\\mei", "\ud83d\ude00", "e\u0301"}) {
            assertThat(Visible.text(text)).isSameAs(text);
        }
        assertThat(Visible.text(null)).isNull();
    }

    @Test
    void whatIsNotSeenOrTurnsItsNeighboursRoundIsWrittenAsItsNumber() {
        assertThat(Visible.text("a\u200bb\u200d\u2060\ufeff\u00ad")).isEqualTo("a\\u200Bb\\u200D\\u2060\\uFEFF\\u00AD");
        assertThat(Visible.text("\u202e\u2066\u200f")).isEqualTo("\\u202E\\u2066\\u200F");
        assertThat(Visible.text("a\u0000\n\u001b[31m\u0085\u2028")).isEqualTo("a\\u0000\\u000A\\u001B[31m\\u0085\\u2028");
        assertThat(Visible.text("\u00a0\u3000\u3164\u2800\ufe0f")).isEqualTo("\\u00A0\\u3000\\u3164\\u2800\\uFE0F");
        assertThat(Visible.text("\ud800\ue000\udb40\udc41")).isEqualTo("\\uD800\\uE000\\u{E0041}");
    }
}
