package io.consentbridge.zoho;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input stream that fails as soon as the reply is larger than allowed, without keeping the rest. */
final class LimitedStream extends FilterInputStream {

    private final long most;
    private long read;

    LimitedStream(InputStream reply, long most) {
        super(reply);
        this.most = most;
    }

    /** Says that the reply is larger than allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count(1);
        }
        return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int came = super.read(into, from, length);
        if (came > 0) {
            count(came);
        }
        return came;
    }

    private void count(int came) throws IOException {
        read += came;
        if (read > most) {
            throw new TooLarge();
        }
    }
}
