package it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNamesTest {

    @Test
    void namesAreToldFromFunctionsLabelsAndDurations() {
        assertThat(MetricNames.in("histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m]))) > 0.5"))
                .containsExactly("a_bucket");
        assertThat(MetricNames.in("sum(rate(b_total{x=\"c_total\", y=~\"d.*\"}[10m])) == 0 and max(e) != max(e)"))
                .containsExactly("b_total", "e");
        assertThat(MetricNames.in("up{job=\"lucky-hub\"} == 0")).containsExactly("up");
        assertThat(MetricNames.in("f")).containsExactly("f");
        assertThat(MetricNames.in("sum(g unless g offset 15m) > 0")).containsExactly("g");
    }
}
