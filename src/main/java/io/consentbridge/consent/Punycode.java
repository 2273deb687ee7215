package io.consentbridge.consent;

/** Encodes a label of a domain in ASCII (RFC 3492), as in {@code xn--} names. */
final class Punycode {

    private static final int BASE = 36;
    private static final int FIRST_BIAS = 72;
    private static final int ASCII = 0x80;

    private Punycode() {}

    /** @param label a label of valid length, so that no number overflows */
    static String encode(String label) {
        int[] points = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        label.codePoints().filter(point -> point < ASCII).forEach(out::appendCodePoint);
        int basic = out.length();
        int done = basic;
        if (basic > 0) {
            out.append('-');
        }
        int next = ASCII;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (done < points.length) {
            int least = Integer.MAX_VALUE;
            for (int point : points) {
                least = point >= next ? Math.min(least, point) : least;
            }
            delta += (least - next) * (done + 1);
            next = least;
            for (int point : points) {
                if (point < next) {
                    delta++;
                } else if (point == next) {
                    append(out, delta, bias);
                    bias = bias(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int delta, int bias) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(1, Math.min(26, k - bias));
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int bias(int delta, int points, boolean first) {
        int rest = first ? delta / 700 : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > 455) {
            rest /= BASE - 1;
            k += BASE;
        }
        return k + BASE * rest / (rest + 38);
    }
}
