package io.consentbridge.api;

/**
 * Requests an export of one person.
 *
 * @param person the address in any spelling, or the id of a CRM record
 * @param folder an absolute folder on the runtime's machine, which is empty or absent
 */
public record PersonFolder(String person, String folder) {
    @Override
    public String toString() {
        return "request about a person";
    }
}
