package io.consentbridge.audience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Divides long work into batches for single statements. */
public final class Batches {

    /** The size of Campaigns' largest page, so that a page is one batch. */
    public static final int SIZE = 650;

    private Batches() {}

    static <T> List<List<T>> of(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> pieces = new ArrayList<>();
        for (int from = 0; from < list.size(); from += SIZE) {
            pieces.add(list.subList(from, Math.min(from + SIZE, list.size())));
        }
        return pieces;
    }
}
