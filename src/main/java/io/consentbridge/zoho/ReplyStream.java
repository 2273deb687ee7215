package io.consentbridge.zoho;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * The JSON of a reply as the body of a message, from which {@code unmarshal} reads. A route may read it more than once.
 */
final class ReplyStream extends ByteArrayInputStream implements StreamCache {

    private final PlacedCall call;
    private final int status;

    ReplyStream(byte[] json, int status, PlacedCall call) {
        super(json);
        this.call = call;
        this.status = status;
    }

    /** Records with the call what was read, and returns it. */
    Map<String, Object> readAs(Map<String, Object> json) {
        call.readAs(json);
        return json;
    }

    /** Returns the fault for a reply that is not a JSON object. */
    ZohoFault unreadable() {
        return new ZohoFault.Transient(
                call.request().sender() + " answered " + status + " with something other than JSON", null);
    }

    /**
     * Returns whether this may be a JSON object; HTML, XML and an empty body are not. The first character decides, because a
     * body may be HTML or XML although JSON was asked for (docs/zoho-notes.md, "Campaigns: protocol").
     */
    boolean beginsAnObject() {
        int at = count >= 3 && buf[0] == (byte) 0xEF && buf[1] == (byte) 0xBB && buf[2] == (byte) 0xBF ? 3 : 0;
        while (at < count && (buf[at] == ' ' || buf[at] == '\n' || buf[at] == '\r' || buf[at] == '\t')) {
            at++;
        }
        // In UTF-16, in which no JSON is sent, a zero follows.
        return at < count && buf[at] == '{' && (at + 1 == count || buf[at + 1] != 0);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(buf, pos, count - pos);
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new ReplyStream(buf, status, call);
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public long length() {
        return count;
    }

    @Override
    public long position() {
        return pos;
    }
}
