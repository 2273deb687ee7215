package io.consentbridge.crm;

import io.consentbridge.zoho.ZohoSeams;
import java.util.Iterator;

/** Reads a module page by page in the order of {@code (Modified_Time, id)}; each page is one call of {@code direct:crm-query}. */
public final class CrmReader {

    private final ZohoSeams seams;

    public CrmReader(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The pages, each fetched when it is asked for and not before. There is always at least one, and the last one may be
     * empty. A failure is remembered: whoever asks again gets the same one, without another call.
     *
     * <p>Asking throws {@link io.consentbridge.zoho.ZohoFault}.
     *
     * @throws IllegalArgumentException when the order names something that is no API name
     */
    public Iterator<CrmPage> pages(ReadOrder order) {
        throw new UnsupportedOperationException(seams.toString());
    }
}
