package io.consentbridge.sync;

/** A condition that cannot be queried. The message says what is wrong. */
public final class ConditionFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Element element;
    private final String whatWouldBeRight;

    /** The element of a condition that is wrong. */
    public enum Element {
        FIELD,
        OPERATOR,
        VALUE
    }

    ConditionFault(Element element, String what, String whatWouldBeRight) {
        super(what);
        this.element = element;
        this.whatWouldBeRight = whatWouldBeRight;
    }

    /** The wrong element of the condition. */
    public Element element() {
        return element;
    }

    /** What to write instead. */
    public String whatWouldBeRight() {
        return whatWouldBeRight;
    }
}
