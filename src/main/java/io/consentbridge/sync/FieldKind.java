package io.consentbridge.sync;

import static io.consentbridge.sync.Operator.AFTER;
import static io.consentbridge.sync.Operator.BEFORE;
import static io.consentbridge.sync.Operator.BETWEEN;
import static io.consentbridge.sync.Operator.CONTAINS;
import static io.consentbridge.sync.Operator.ENDS_WITH;
import static io.consentbridge.sync.Operator.EQUALS;
import static io.consentbridge.sync.Operator.GREATER_EQUAL;
import static io.consentbridge.sync.Operator.GREATER_THAN;
import static io.consentbridge.sync.Operator.IN;
import static io.consentbridge.sync.Operator.IN_LAST_DAYS;
import static io.consentbridge.sync.Operator.IS_EMPTY;
import static io.consentbridge.sync.Operator.IS_NOT_EMPTY;
import static io.consentbridge.sync.Operator.LESS_EQUAL;
import static io.consentbridge.sync.Operator.LESS_THAN;
import static io.consentbridge.sync.Operator.NOT_CONTAINS;
import static io.consentbridge.sync.Operator.NOT_EQUALS;
import static io.consentbridge.sync.Operator.NOT_IN;
import static io.consentbridge.sync.Operator.STARTS_WITH;

import java.util.EnumSet;
import java.util.Set;

/** The kind of a field for conditions, by its data type (docs/zoho-notes.md, "CRM: fields"). */
public enum FieldKind {
    TEXT(
            "text",
            EnumSet.of(
                    EQUALS,
                    NOT_EQUALS,
                    IS_EMPTY,
                    IS_NOT_EMPTY,
                    CONTAINS,
                    NOT_CONTAINS,
                    STARTS_WITH,
                    ENDS_WITH,
                    IN,
                    NOT_IN)),
    LONG_TEXT("multi-line text", TEXT.operators),
    /** Lists cut it at 500 characters (docs/zoho-notes.md, "CRM: values in lists"), so only whether it is empty is known. */
    RICH_TEXT("rich text", EnumSet.of(IS_EMPTY, IS_NOT_EMPTY)),
    CHOICE("a pick list", TEXT.operators),
    CHOICES("a pick list of several choices", EnumSet.of(IS_EMPTY, IS_NOT_EMPTY, CONTAINS, NOT_CONTAINS, IN, NOT_IN)),
    NUMBER(
            "a number",
            EnumSet.of(
                    EQUALS,
                    NOT_EQUALS,
                    IS_EMPTY,
                    IS_NOT_EMPTY,
                    IN,
                    NOT_IN,
                    LESS_THAN,
                    LESS_EQUAL,
                    GREATER_THAN,
                    GREATER_EQUAL,
                    BETWEEN)),
    BOOLEAN("true or false", EnumSet.of(EQUALS, NOT_EQUALS)),
    DATE(
            "a date",
            EnumSet.of(
                    EQUALS,
                    NOT_EQUALS,
                    IS_EMPTY,
                    IS_NOT_EMPTY,
                    LESS_THAN,
                    LESS_EQUAL,
                    GREATER_THAN,
                    GREATER_EQUAL,
                    BETWEEN,
                    BEFORE,
                    AFTER,
                    IN_LAST_DAYS)),
    DATE_TIME("a point in time", DATE.operators),
    /** Compared by the id of the record to which it points. */
    REFERENCE("a lookup", EnumSet.of(EQUALS, NOT_EQUALS, IS_EMPTY, IS_NOT_EMPTY, IN, NOT_IN)),
    OTHER("a field that neither queries nor lists return", EnumSet.noneOf(Operator.class));

    private final String text;
    private final Set<Operator> operators;

    FieldKind(String text, Set<Operator> operators) {
        this.text = text;
        this.operators = operators;
    }

    /** The kind in words, for messages. */
    public String text() {
        return text;
    }

    /** The operators that such a field can have. */
    public Set<Operator> operators() {
        return operators;
    }

    /** The kind of Zoho's data type. */
    public static FieldKind of(String dataType) {
        return switch (dataType) {
            case "text", "email", "phone", "website", "autonumber", "mediumtext" -> TEXT;
            case "textarea" -> LONG_TEXT;
            case "richtextarea" -> RICH_TEXT;
            case "picklist" -> CHOICE;
            case "multiselectpicklist" -> CHOICES;
            case "integer", "bigint", "long", "double", "decimal", "currency", "percent" -> NUMBER;
            case "boolean" -> BOOLEAN;
            case "date" -> DATE;
            case "datetime" -> DATE_TIME;
            case "lookup", "ownerlookup", "userlookup" -> REFERENCE;
            default -> OTHER;
        };
    }
}
