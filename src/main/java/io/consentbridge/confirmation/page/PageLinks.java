package io.consentbridge.confirmation.page;

import io.consentbridge.confirmation.ConfirmationToken;

/** The links that a confirmation mail has, below the public URL. */
public record PageLinks(String url) {

    /** Returns the link behind which the person reads the wording and answers. */
    public String open(ConfirmationToken token) {
        return url + PublicPage.path(token, false);
    }

    /** Returns the link to the same page for a person who wants to refuse. */
    public String refuse(ConfirmationToken token) {
        return url + PublicPage.path(token, true);
    }

    /** Shows the URL only, never a link. */
    @Override
    public String toString() {
        return "links below " + url;
    }
}
