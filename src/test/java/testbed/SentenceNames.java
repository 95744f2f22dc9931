package testbed;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/**
 * Names tests in reports by the sentence that their method's name is: {@code aPaymentReportedTwiceMakesOneDrink} is "a payment
 * reported twice makes one drink".
 */
public final class SentenceNames extends DisplayNameGenerator.Standard {

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> test, Method method) {
        return sentence(method.getName());
    }

    /** Digits stay with the letters before them, and an abbreviation of capitals stays whole. */
    static String sentence(String name) {
        StringBuilder words = new StringBuilder();
        for (String word : name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")) {
            boolean abbreviation = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
            words.append(words.isEmpty() ? "" : " ").append(abbreviation ? word : word.toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }
}
