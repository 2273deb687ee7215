package io.consentbridge.confirmation.page;

/**
 * The request behind a link, as its page shows it.
 *
 * @param state what the link leads to
 * @param language the language of the purpose, such as {@code de}; empty when there is no request
 * @param statement the wording that is agreed to; empty when there is no request
 * @param controller who asks, in one or more lines; empty when there is no request
 */
public record Asked(LinkState state, String language, String statement, String controller) {

    /** A link that leads nowhere. */
    public static final Asked NOTHING = new Asked(LinkState.UNKNOWN, "", "", "");
}
