package lifecycle;

/**
 * A setting with which the hub must not start. The message is one sentence for an operator: it names the setting and what
 * to do, and never repeats the value, which may be a secret.
 */
public final class UnfitSetting extends IllegalArgumentException {

    public UnfitSetting(String sentence) {
        super(sentence);
    }
}
