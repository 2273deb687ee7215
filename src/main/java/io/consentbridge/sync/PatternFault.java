package io.consentbridge.sync;

/** A text that is no pattern. The message says what is wrong at {@link #at()}. */
public final class PatternFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int at;
    private final String whatWouldBeRight;

    PatternFault(int at, String what, String whatWouldBeRight) {
        super(what);
        this.at = at;
        this.whatWouldBeRight = whatWouldBeRight;
    }

    /** The position of the wrong character, counted from 0; the text's length if something is missing at its end. */
    public int at() {
        return at;
    }

    /** What to write instead. */
    public String whatWouldBeRight() {
        return whatWouldBeRight;
    }

    /** The text, and below it a caret under the wrong character. */
    public String picture(String text) {
        return text.replaceAll("\\s", " ") + "\n" + " ".repeat(at) + "^";
    }
}
