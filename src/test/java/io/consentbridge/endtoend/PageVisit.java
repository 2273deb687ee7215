package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A visit to the public page with a fresh browser. All that the browser complains of or asks for is watched: at the end it
 * complained of nothing, asked no other host, and keeps no cookie.
 */
final class PageVisit implements AutoCloseable {

    /** Where each look is kept as a picture for a person; none by default. */
    private static final String PICTURES = System.getProperty("page.pictures");
    /** Chromium tells of each page whose code is no success, which a test expects or not by that code. */
    private static final String CODE = "Failed to load resource: the server responded with a status of ";

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private int loaded;
    private int code;
    private boolean aborts;

    /** @param hosts the beginnings of all that may be asked for */
    PageVisit(Browser browser, Browser.NewContextOptions options, List<String> hosts) {
        context = browser.newContext(options);
        context.onConsoleMessage(message -> {
            if (!message.text().startsWith(CODE)) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        context.onRequestFailed(request -> {
            if (!aborts || !request.failure().equals("net::ERR_ABORTED")) {
                complaints.add(request.method() + " failed: " + request.failure());
            }
        });
        context.onRequest(request -> {
            if (hosts.stream().noneMatch(request.url()::startsWith)) {
                foreign.add(request.url());
            }
        });
        context.onResponse(response -> {
            if (response.request().isNavigationRequest()) {
                code = response.status();
            }
        });
        page = context.newPage();
        page.onLoad(complete -> loaded++);
    }

    Page page() {
        return page;
    }

    /** Follows a link, and returns the code of the reply. */
    int open(String link) {
        return page.navigate(link).status();
    }

    int reload() {
        return page.reload().status();
    }

    int back() {
        return page.goBack().status();
    }

    /** Presses a button by its name, and returns the code of the page to which it leads. */
    int press(String name) {
        return leave(() -> button(name).click());
    }

    /** From now on the visitor is quicker than the browser, which gives up what it has asked for. */
    void expectAbortedRequests() {
        aborts = true;
    }

    /** Does what leads to another page, and returns the code of that. */
    int leave(Runnable what) {
        int before = loaded;
        what.run();
        page.waitForCondition(() -> loaded > before);
        return code;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    List<String> buttons() {
        return page.getByRole(AriaRole.BUTTON).allInnerTexts();
    }

    /** The one heading of the page as a whole. */
    String heading() {
        Locator heading = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
        assertThat(heading.count()).isEqualTo(1);
        return heading.innerText();
    }

    /** Keeps a picture if somebody wants to look. */
    void picture(String name) {
        if (PICTURES != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(PICTURES, name + ".png"))
                    .setFullPage(true));
        }
    }

    @Override
    public void close() {
        try {
            assertThat(complaints).as("complaints of the browser").isEmpty();
            assertThat(foreign).as("requests to others").isEmpty();
            assertThat(context.cookies()).as("cookies").isEmpty();
            assertThat(context.storageState()).isEqualTo("{\"cookies\":[],\"origins\":[]}");
        } finally {
            context.close();
        }
    }
}
