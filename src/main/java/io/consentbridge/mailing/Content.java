package io.consentbridge.mailing;

/** Where the mail of a campaign comes from: Zoho's API takes no HTML, only a clone of another campaign or a URL. */
public sealed interface Content {

    /** A copy of another campaign at Zoho, which serves as its template; the robust way. */
    record Clone(String key) implements Content {}

    /** A public page that Zoho fetches. */
    record Page(String url) implements Content {}

    /**
     * A file of HTML, which is served at {@code public.url} until Zoho has imported it.
     *
     * @param path relative to the configuration folder
     */
    record File(String path) implements Content {}

    /** Whether the text of the mail can be read and checked from here. */
    default boolean isReadable() {
        return !(this instanceof Clone);
    }
}
