package io.consentbridge.proof;

import java.util.ArrayList;
import java.util.List;

/** What a verification found that does not fit: the first of it as sentences, the rest as a number. */
final class LogFindings {

    /** How many findings are told. */
    static final int MOST = 20;

    private final List<String> told = new ArrayList<>();
    private long more;

    /** Takes a finding; one that is told already is passed over. */
    void add(String finding) {
        if (told.contains(finding)) {
            return;
        }
        if (told.size() < MOST) {
            told.add(finding);
        } else {
            more++;
        }
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    LogVerdict.Damaged verdict() {
        return new LogVerdict.Damaged(told, more);
    }
}
