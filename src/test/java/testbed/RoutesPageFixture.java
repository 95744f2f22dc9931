package testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** The routes in the page. After each test they are as shipped. */
public abstract class RoutesPageFixture extends BrowserFixture {

    public static final String EVERY = "every: '{{pull.unaccepted.every}}'";

    @AfterEach
    void asShipped() {
        nothingIsLeftUnsaved();
        if (inForce() != 0) {
            assertThat(hub.post("/api/routes/revisions/0/rollback", SharedHub.DEPLOYER, Json.write(Map.of("reason", "a test")))
                    .status()).isEqualTo(200);
        }
    }

    public void routesOf(String token) {
        nothingIsLeftUnsaved();
        open(token, "#/routes");
        browser.await("[data-revision='0']", WebElement::isDisplayed);
        await().until(() -> shown().contains("id: pull-unaccepted"));
    }

    /** Else the page would hold whoever leaves it. */
    public void nothingIsLeftUnsaved() {
        browser.run("document.querySelector('form.apply:not([hidden]) [type=button]')?.click()");
    }

    public String shown() {
        return String.valueOf(browser.run("return document.querySelector('.CodeMirror')?.CodeMirror.getValue()"));
    }

    /** As who types does: with the place in sight. */
    public void replace(String then, String now) {
        browser.run("""
                const editor = document.querySelector('.CodeMirror').CodeMirror;
                const at = editor.getValue().indexOf(arguments[0]);
                editor.replaceRange(arguments[1], editor.posFromIndex(at), editor.posFromIndex(at + arguments[0].length));
                editor.scrollIntoView(editor.posFromIndex(at), 200);
                """, then, now);
    }

    public WebElement applyButton() {
        return browser.find("form.apply [type=submit]");
    }

    public long inForce() {
        return hub.get("/api/routes", SharedHub.VIEWER).json().get("revision").asLong();
    }

    /** By somebody else, without the page. */
    public long applied(String every, String reason) {
        JsonNode shipped = hub.get("/api/routes/files?revision=0", SharedHub.VIEWER).json().at("/files/0");
        HubClient.Reply reply = hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("reason", reason, "files",
                List.of(Map.of("name", "routes.yaml", "text", shipped.get("text").asString().replace(EVERY, every))))));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().get("revision").asLong();
    }
}
