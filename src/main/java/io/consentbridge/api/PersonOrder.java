package io.consentbridge.api;

/**
 * A request about one person.
 *
 * @param person the address in any spelling, or the id of a CRM record
 * @param purpose the name of a purpose; null for every list
 * @param because the reason of the operator
 */
public record PersonOrder(String person, String purpose, String because) {
    @Override
    public String toString() {
        return "request about a person";
    }
}
