package io.consentbridge.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The time of an entry: {@code 2026-11-28T16:29:21.000000Z}, always 27 characters. */
final class LeafTime {

    static final int LENGTH = 27;

    private static final byte[] PATTERN = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.US_ASCII);

    private LeafTime() {}

    static String text(Instant time) {
        byte[] text = new byte[LENGTH];
        write(time, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    static void write(Instant time, byte[] target, int at) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9999) {
            throw new BrokenProof("The time of a ledger entry lies outside of the years 0 to 9999.");
        }
        System.arraycopy(PATTERN, 0, target, at, LENGTH);
        digits(utc.getYear(), target, at + 4);
        digits(utc.getMonthValue(), target, at + 7);
        digits(utc.getDayOfMonth(), target, at + 10);
        digits(utc.getHour(), target, at + 13);
        digits(utc.getMinute(), target, at + 16);
        digits(utc.getSecond(), target, at + 19);
        digits(utc.getNano() / 1000, target, at + 26);
    }

    private static void digits(int number, byte[] target, int end) {
        int at = end;
        for (int rest = number; rest > 0; rest /= 10) {
            target[--at] = (byte) ('0' + rest % 10);
        }
    }
}
