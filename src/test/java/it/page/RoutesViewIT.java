package it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import testbed.RoutesPageFixture;
import testbed.SharedHub;

/** The routes in the page: looked at, edited, rolled back. */
class RoutesViewIT extends RoutesPageFixture {

    private static final String TOPIC = "kafka:lucky_order_to_barista_topic";

    @Test
    void aRefusedEditIsToldWithItsPlaceAndCantBeApplied() {
        routesOf(SharedHub.DEPLOYER);
        replace("timeout: 800ms", "timeout: 800");
        String before = shown().substring(0, shown().indexOf("timeout: 800"));
        int line = (int) before.lines().count();
        int column = before.length() - before.lastIndexOf('\n') + "timeout: ".length();

        browser.awaitText(".finding", "routes.yaml " + line + ":" + column);
        assertThat(browser.find(".finding").getText()).contains("timeout can't be '800'", "give it a duration with its unit");
        assertThat(browser.find(".verdict").getText()).startsWith("✖ 1 finding");
        assertThat(browser.find(".finding-error").getAttribute("textContent")).isEqualTo("800");
        assertThat(applyButton().isEnabled()).isFalse();
        browser.find(".finding").click();
        assertThat(browser.run("return document.querySelector('.CodeMirror').CodeMirror.getCursor().line"))
                .isEqualTo(line - 1L);

        browser.find(".CodeMirror-code").sendKeys(Keys.chord(Keys.CONTROL, "z"));
        browser.awaitText(".verdict", "Nothing is changed");
        await().until(() -> browser.all(".finding, .finding-error").isEmpty());
        assertThat(inForce()).isZero();
    }

    @Test
    void anAppliedEditIsInForceAndIsRolledBack() {
        routesOf(SharedHub.DEPLOYER);
        replace(EVERY, "every: 7s");
        browser.awaitText("[data-route=pull-unaccepted]", "pull-unaccepted will tick every 7s instead of every");
        assertThat(browser.all("[data-route]")).hasSize(1);
        browser.find("#reason").sendKeys("unaccepted orders are to be found sooner");
        browser.find(".differences summary").click();
        browser.illustrate("routes");
        applyButton().click();

        browser.awaitText(".said", "In force: Revision");
        long revision = inForce();
        browser.awaitText(".in-force", "Revision " + revision);
        assertThat(browser.find(".in-force").getText()).contains("deployer", "unaccepted orders are to be found sooner");
        browser.awaitText(".in-force", "1 of 1");
        browser.awaitText("[data-revision='" + revision + "']", "in force");
        assertThat(hub.get("/api/routes/files", SharedHub.VIEWER).text()).contains("every: 7s");

        browser.find("[data-revision='0'] .back").click();
        browser.awaitText("dialog [data-route=pull-unaccepted]", "instead of every 7s");
        browser.find("#back-reason").sendKeys("as it was");
        browser.find("dialog [type=submit]").click();
        browser.awaitText(".in-force", "As shipped");
        await().until(() -> shown().contains(EVERY));
        assertThat(inForce()).isZero();
    }

    @Test
    void aFormerRevisionsTextCanBeLookedAt() {
        long revision = applied("every: 9s", "to be looked at");
        applied("every: 11s", "the next");
        routesOf(SharedHub.VIEWER);
        browser.find("[data-revision='" + revision + "'] a").click();
        browser.await("main h1", title -> title.getText().equals("Revision " + revision));
        browser.await(".editor .CodeMirror", WebElement::isDisplayed);
        assertThat(shown()).contains("every: 9s");
        assertThat(browser.find(".facts").getText()).contains("to be looked at", "deployer");
        assertThat(browser.find("[data-route=pull-unaccepted]").getText()).contains("every 9s");
    }

    @Test
    void aViewerReadsOnlyAndAnOperatorTunes() {
        applied("every: 9s", "so that there is a history");
        routesOf(SharedHub.VIEWER);
        assertThat(browser.all("form, .back, #reason, .files")).isEmpty();
        browser.find(".CodeMirror-code").sendKeys("typed");
        assertThat(shown()).doesNotContain("typed").contains("every: 9s");

        routesOf(SharedHub.OPERATOR);
        assertThat(browser.all(".back")).as("a deployer's").isEmpty();
        replace(TOPIC, "kafka:lucky_elsewhere_topic");
        browser.awaitText(".verdict", "may be applied");
        assertThat(applyButton().getText()).isEqualTo("Tune");
        browser.find("#reason").sendKeys("a test");
        applyButton().click();
        browser.awaitText(".said", "have a deployer apply it");

        replace("kafka:lucky_elsewhere_topic", TOPIC);
        replace("every: 9s", "every: 8s");
        browser.awaitText(".verdict", "may be applied");
        applyButton().click();
        browser.awaitText(".said", "In force: Revision");
    }

    @Test
    void whatIsNotAppliedYetOutlivesALanguageAndAnotherViewAndTheKeyboardGetsOutOfIt() {
        routesOf(SharedHub.DEPLOYER);
        browser.find(".CodeMirror-code").sendKeys(Keys.chord(Keys.CONTROL, Keys.END), "# typed");
        browser.awaitText(".consequences", "comments or layout at most");
        browser.find(".CodeMirror-code").sendKeys(Keys.TAB);
        assertThat(browser.run("return document.activeElement.closest('.CodeMirror')")).isNull();
        browser.find("#reason").sendKeys("noted");

        browser.find("#language").click();
        browser.awaitText(".verdict", "可以应用");
        assertThat(browser.find("main h1").getText()).isEqualTo("路由");
        assertThat(browser.find(".in-force").getText()).contains("生效中", "内置版本");
        browser.run("location.hash = '#/stuck'");
        browser.awaitText("main h1", "滞留");
        browser.run("location.hash = '#/routes'");
        browser.await(".verdict", verdict -> verdict.getText().contains("可以应用"));
        assertThat(shown()).endsWith("# typed");
        assertThat(browser.find("#reason").getAttribute("value")).isEqualTo("noted");
        browser.photograph("routes-zh");
        assertThat(warnsWhoLeaves()).isTrue();
        nothingIsLeftUnsaved();
        assertThat(warnsWhoLeaves()).isFalse();
    }

    @Test
    void theChinesePageSaysFindingsAndDifferencesInChinese() {
        routesOf(SharedHub.DEPLOYER);
        browser.find("#language").click();
        browser.await(".editor .CodeMirror", WebElement::isDisplayed);
        replace("timeout: 800ms", "timeout: 800");
        browser.awaitText(".finding .what", "timeout 不能是 '800'；请写带单位的时长，如 30s、800ms 或 2m");
        assertThat(browser.find(".verdict").getText()).startsWith("✖ 发现 1 处问题");
        browser.photograph("routes-zh-findings");

        replace("timeout: 800", "timeout: 900ms");
        replace(EVERY, "every: 7s");
        replace("groupId: lucky-hub-made", "groupId: lucky-hub-made-2");
        browser.awaitText("[data-route=confirm-barista-eta]", "等待应答的时间改为 900ms（原为 800ms）");
        assertThat(browser.find("[data-route=pull-unaccepted]").getText()).contains("改为每 7s 触发一次");
        assertThat(browser.find("[data-route=made]").getText()).contains("消费者组", "重新读取一遍");
        browser.photograph("routes-zh-differences");

        browser.find("#language").click();
        browser.awaitText("[data-route=confirm-barista-eta]", "will wait 900ms instead of 800ms for an answer");
        assertThat(hub.post("/api/routes/check?language=fr", SharedHub.DEPLOYER, "{}".getBytes()).text())
                .contains("language must be en or zh");
    }

    private boolean warnsWhoLeaves() {
        return (boolean) browser.run("""
                const leaving = new Event('beforeunload', {cancelable: true});
                dispatchEvent(leaving);
                return leaving.defaultPrevented;
                """);
    }

    @Test
    void whatIsSaidOfAnOlderTextDoesntCount() {
        routesOf(SharedHub.DEPLOYER);
        browser.run("""
                const real = fetch;
                window.told = 0;
                new MutationObserver(() => window.told += document.querySelectorAll('.finding').length)
                    .observe(document.getElementById('main'), {childList: true, subtree: true});
                window.fetch = (path, options) => path.includes('/routes/check') && !window.release
                    ? new Promise(answer => window.release = () => answer(real(path, options))) : real(path, options);
                """);
        replace("timeout: 800ms", "timeout: 800");
        await().until(() -> (boolean) browser.run("return Boolean(window.release)"));
        replace("timeout: 800", "timeout: 900ms");
        browser.run("window.release()");
        browser.awaitText(".verdict", "may be applied");
        assertThat(browser.run("return window.told")).isEqualTo(0L);
    }

    @Test
    void whoWasOvertakenIsToldByWhomAndKeepsTheText() {
        routesOf(SharedHub.DEPLOYER);
        replace("timeout: 800ms", "timeout: 900ms");
        browser.awaitText(".verdict", "may be applied");
        long theirs = applied("every: 9s", "somebody else's");

        browser.awaitText(".conflict", "In force: Revision " + theirs);
        assertThat(browser.find(".conflict").getText()).contains("somebody else's", "Your text is kept");
        assertThat(applyButton().isEnabled()).isFalse();
        browser.awaitText("[data-route=pull-unaccepted]", "instead of every 9s");

        browser.find(".conflict .keep").click();
        browser.awaitText(".verdict", "may be applied");
        assertThat(browser.all(".conflict")).isEmpty();
        assertThat(shown()).contains("timeout: 900ms");
        browser.find("#reason").sendKeys("mine after all");
        applyButton().click();
        browser.awaitText(".said", "In force: Revision");
        assertThat(hub.get("/api/routes/files", SharedHub.VIEWER).text()).contains("timeout: 900ms").doesNotContain("every: 9s");

        replace("timeout: 900ms", "timeout: 950ms");
        applied("every: 12s", "somebody else's again");
        browser.await(".conflict .theirs", WebElement::isDisplayed);
        browser.find(".conflict .theirs").click();
        browser.awaitText(".verdict", "Nothing is changed");
        assertThat(shown()).contains("every: 12s").doesNotContain("950ms");
    }

    @Test
    void aReasonThatIsHtmlIsShownAsText() {
        String evil = "<img src=x onerror=\"document.title='broken'\">";
        long revision = applied("every: 9s", evil);
        routesOf(SharedHub.DEPLOYER);
        assertThat(browser.find("[data-revision='" + revision + "'] .reason").getText()).contains(evil);
        assertThat(browser.find(".in-force").getText()).contains(evil);
        browser.run("location.hash = '#/routes/" + revision + "'");
        browser.awaitText(".facts", evil);
        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("lucky-hub");
    }

    @Test
    void aFileIsAddedAndTakenOut() {
        routesOf(SharedHub.DEPLOYER);
        browser.find(".add summary").click();
        browser.find("#new-file").sendKeys("store-7.yaml");
        browser.find(".add [type=submit]").click();
        browser.run("document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])", """
                - route:
                    id: push-order-store-7
                    group: initiate
                    description: 订单→咖啡师 门店7 (a paid order of store 7)
                    from:
                      uri: ledger:paid
                      parameters:
                        store: store-7
                      steps:
                        - process:
                            ref: orderPaid
                        - to:
                            uri: kafka:lucky_store_7_topic
                """);
        browser.awaitText("[data-route=push-order-store-7]", "new");
        browser.find("#reason").sendKeys("store 7 has its own kitchen");
        applyButton().click();
        browser.awaitText(".said", "In force: Revision");

        browser.find(".files [data-file='store-7.yaml']").click();
        browser.find(".files .quiet").click();
        browser.awaitText("[data-route=push-order-store-7]", "gone");
        browser.find("#reason").sendKeys("it has closed");
        applyButton().click();
        await().until(() -> !hub.get("/api/routes/files", SharedHub.VIEWER).text().contains("store-7.yaml"));
        browser.await(".files", files -> !files.getText().contains("store-7.yaml"));
    }
}
