package io.consentbridge.sync;

/**
 * A part: one of the custom views or CRM campaigns of which a sync makes a list each (B104). It runs as a sync of its own,
 * with cursors, records and runs of its own, under the name {@code sync/id}.
 *
 * @param of name of the sync
 * @param id of the view or campaign in the CRM
 * @param label its first known name; its list keeps that name if the CRM renames it
 */
public record SyncPart(String of, String id, String label) {

    /** The name of the part as a sync. */
    public String name() {
        return of + "/" + id;
    }

    /**
     * The name of the part's list beside the list of the purpose: {@code Product News - Hot leads}. Campaigns creates
     * no list whose name has other characters than letters, digits, blanks, {@code _} and {@code -}
     * (docs/zoho-notes.md, "Campaigns: creating a list"), so any other becomes a blank.
     */
    public String list(String main) {
        String name = label.replaceAll("[^\\p{L}\\p{N}_-]+", " ").strip();
        return main + " - " + (name.isEmpty() ? id : name);
    }
}
