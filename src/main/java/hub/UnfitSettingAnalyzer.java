package hub;

import lifecycle.UnfitSetting;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Its sentence says all; Spring Boot's own account of a setting would repeat the value. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnfitSettingAnalyzer extends AbstractFailureAnalyzer<UnfitSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, UnfitSetting cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
