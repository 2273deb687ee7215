package io.consentbridge.sandbox.crm.schema;

/** The field types in use (docs/zoho-notes.md, "CRM: fields"): the name of each and the JSON type of its values. */
public enum DataType {
    BIGINT("bigint", "long"),
    TEXT("text", "string"),
    TEXTAREA("textarea", "string"),
    EMAIL("email", "string"),
    PHONE("phone", "string"),
    WEBSITE("website", "string"),
    PICKLIST("picklist", "string"),
    PICKLISTS("multiselectpicklist", "jsonarray"),
    INTEGER("integer", "integer"),
    CURRENCY("currency", "double"),
    DOUBLE("double", "double"),
    PERCENT("percent", "double"),
    BOOLEAN("boolean", "boolean"),
    DATE("date", "string"),
    DATETIME("datetime", "string"),
    LOOKUP("lookup", "jsonobject"),
    OWNER("ownerlookup", "jsonobject"),
    CONSENT("consent_lookup", "jsonobject"),
    TAGS("text", "jsonarray"),
    IMAGE("profileimage", "string"),
    FORMULA("formula", "string"),
    LOOKUPS("multiselectlookup", "jsonarray"),
    USERS("multiuserlookup", "jsonarray"),
    FILES("fileupload", "jsonarray"),
    IMAGES("imageupload", "jsonarray"),
    SUBFORM("subform", "jsonarray");

    private final String api;
    private final String json;

    DataType(String api, String json) {
        this.api = api;
        this.json = json;
    }

    public String api() {
        return api;
    }

    public String json() {
        return json;
    }

    public boolean number() {
        return this == INTEGER || this == CURRENCY || this == DOUBLE || this == PERCENT;
    }

    /**
     * Returns whether only the single-record read returns it (docs/zoho-notes.md, "CRM: values in lists" and "CRM: lawful
     * basis and consent").
     */
    public boolean singleReadOnly() {
        return switch (this) {
            case CONSENT, LOOKUPS, USERS, FILES, IMAGES, SUBFORM -> true;
            default -> false;
        };
    }
}
