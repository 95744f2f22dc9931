package chaos;

import java.security.SecureRandom;
import java.util.Base64;

/** Made for one run. */
record Secrets(String operator, String shop, String barista, String dispatch, String callbackKey) {

    static Secrets made() {
        return new Secrets(token(), token(), token(), token(), "whsec_" + Base64.getEncoder().encodeToString(bytes()));
    }

    private static String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
