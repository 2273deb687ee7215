package io.consentbridge.campaigns;

import java.util.List;

/** Reads up to so many rows from a position, counted from 1. */
@FunctionalInterface
interface PageFetch<T> {

    /** The most rows of a page. Clients use up to 500; one limits it to 650 (docs/zoho-notes.md, "Campaigns: paging"). */
    int SIZE = 500;

    List<T> page(long from, int range);
}
