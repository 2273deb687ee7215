package io.consentbridge.confirmation.page;

/** The requests behind the links, by the hash of the token. May be called from several threads, and may block. */
public interface PageRequests {

    /** Returns what the link leads to, and changes nothing. */
    Asked find(String hash);

    /** Takes an answer, once for each link: a later one finds the state that the first one left. */
    AnswerTaken answer(String hash, PageAnswer answer);
}
