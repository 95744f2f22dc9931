package hub;

import lifecycle.UnfitSetting;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints the exception's sentence alone: Spring Boot's own analysis would print the setting's value, perhaps a secret. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnfitSettingAnalyzer extends AbstractFailureAnalyzer<UnfitSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, UnfitSetting cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
