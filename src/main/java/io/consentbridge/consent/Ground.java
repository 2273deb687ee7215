package io.consentbridge.consent;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Why a person may be asked for consent at all (docs/consent.md, "Asking for consent"). To ask people without a reason of
 * their own can itself be unlawful advertising, so nobody is asked without a ground.
 */
public sealed interface Ground {

    /**
     * Whether the ground holds for a person.
     *
     * @param record the values of their CRM record, by API name
     */
    boolean holds(Map<String, ?> record);

    /** The CRM field that has to be read to know; empty if none has to be. */
    Optional<String> fieldName();

    /** The ground in words without personal data, at most 300 characters. */
    String words();

    /** A CRM field that is true says that the person asked for mail. */
    record Field(String field) implements Ground {
        @Override
        public boolean holds(Map<String, ?> record) {
            return Boolean.TRUE.equals(record.get(field));
        }

        @Override
        public Optional<String> fieldName() {
            return Optional.of(field);
        }

        @Override
        public String words() {
            return "the CRM field " + field + " is true";
        }
    }

    /** A CRM field that has this value says that the person is a customer already. */
    record ExistingCustomer(String field, String is) implements Ground {
        @Override
        public boolean holds(Map<String, ?> record) {
            Object value = record.get(field);
            return value instanceof String text && text.strip().equals(is)
                    || value instanceof Boolean flag && flag.toString().equals(is);
        }

        @Override
        public Optional<String> fieldName() {
            return Optional.of(field);
        }

        @Override
        public String words() {
            return "existing customer: the CRM field " + field + " is " + is;
        }
    }

    /** Somebody takes the responsibility for asking everybody whom the sync selects. */
    record Accepted(String by, LocalDate on, String because) implements Ground {
        @Override
        public boolean holds(Map<String, ?> record) {
            return true;
        }

        @Override
        public Optional<String> fieldName() {
            return Optional.empty();
        }

        @Override
        public String words() {
            String words = "accepted by " + by + " on " + on + ": " + because;
            return words.length() > 300 ? words.substring(0, 300) : words;
        }
    }
}
