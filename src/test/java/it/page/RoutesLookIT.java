package it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import testbed.Browser;
import testbed.RoutesPageFixture;
import testbed.SharedHub;

/** Whether the routes in the page can be read and used by everybody, on each screen. */
class RoutesLookIT extends RoutesPageFixture {

    @Test
    void itCanBeUsedWithoutSeeingItByDayAndByNight() {
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            walk("1440x900-" + scheme, name -> {
                // What is in sight stands for the rest of the text, which would take axe-core long.
                browser.run("""
                        document.querySelectorAll('.CodeMirror')
                            .forEach(box => box.CodeMirror.setOption('viewportMargin', 0))""");
                assertThat(browser.seriousFindings()).as(name).isEmpty();
            });
        }
    }

    @Test
    void nothingIsWiderThanAPhone() {
        browser.size(Browser.PHONE);
        walk("390x844", name -> assertThat(browser.run("return document.documentElement.scrollWidth")).as(name)
                .isEqualTo((long) Browser.PHONE.width));
    }

    /** Through all that the view can look like. */
    private void walk(String suffix, Consumer<String> judge) {
        applied("every: 9s", "unaccepted orders have to be found sooner this week");
        Consumer<String> look = view -> {
            browser.run("scrollTo(0, 0)");
            browser.photograph("routes-" + view + "-" + suffix);
            judge.accept(view + " " + suffix);
        };
        routesOf(SharedHub.VIEWER);
        look.accept("viewer");
        routesOf(SharedHub.DEPLOYER);
        replace("timeout: 800ms", "timeout: 800");
        browser.await(".finding", WebElement::isDisplayed);
        look.accept("refused");
        replace("timeout: 800", "timeout: 850ms");
        browser.awaitText(".verdict", "may be applied");
        browser.find(".differences summary").click();
        look.accept("passed");
        browser.find("[data-revision='0'] .back").click();
        browser.await("dialog [data-route]", WebElement::isDisplayed);
        look.accept("back");
        browser.find("dialog [type=button]").click();
        long theirs = applied("every: 10s", "the barista asked for it");
        browser.await(".conflict", WebElement::isDisplayed);
        look.accept("conflict");
        browser.find(".conflict .theirs").click();
        browser.run("location.hash = '#/routes/" + theirs + "'");
        browser.await(".editor[data-file] .CodeMirror", WebElement::isDisplayed);
        look.accept("revision");
    }
}
