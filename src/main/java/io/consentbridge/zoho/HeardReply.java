package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.util.Arrays;

/**
 * The last reply of Zoho that a thread received. The step that reads a reply compares it with what a route brought to it, so that a
 * route cannot put other words into Zoho's mouth. Where a route asks something else than Zoho there is nothing to compare with.
 */
final class HeardReply {

    private record Heard(int status, byte[] body) {}

    private static final ThreadLocal<Heard> LAST = new ThreadLocal<>();

    private HeardReply() {}

    static void none() {
        LAST.remove();
    }

    static void heard(int status, byte[] body) {
        LAST.set(new Heard(status, body));
    }

    /** @throws ConsentBreach when the thread has just heard something else */
    static void require(int status, byte[] body) {
        Heard heard = LAST.get();
        LAST.remove();
        if (heard != null && (heard.status != status || !Arrays.equals(heard.body, body))) {
            throw new ConsentBreach("a reply of Zoho is not read as Zoho gave it");
        }
    }
}
