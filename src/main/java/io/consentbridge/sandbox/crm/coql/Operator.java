package io.consentbridge.sandbox.crm.coql;

/** How a column is compared. */
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    GREATER(">"),
    LESS("<"),
    GREATER_OR_EQUAL(">="),
    LESS_OR_EQUAL("<="),
    LIKE("like"),
    NOT_LIKE("not like"),
    IN("in"),
    NOT_IN("not in"),
    BETWEEN("between"),
    NOT_BETWEEN("not between"),
    IS_NULL("is null"),
    IS_NOT_NULL("is not null");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    /** Returns the operator for a sign, null when there is none. */
    static Operator ofSign(String sign) {
        for (Operator operator : values()) {
            if (operator.sign.equals(sign)) {
                return operator;
            }
        }
        return null;
    }

    boolean negative() {
        return this == NOT_EQUAL || this == NOT_LIKE || this == NOT_IN || this == NOT_BETWEEN;
    }
}
