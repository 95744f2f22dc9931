package lifecycle;

/**
 * A setting with which the hub refuses to start. The message is one sentence for an operator, which names the setting and
 * what to do; it never contains the value, which may be a secret.
 */
public final class UnfitSetting extends IllegalArgumentException {

    public UnfitSetting(String sentence) {
        super(sentence);
    }
}
