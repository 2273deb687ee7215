package io.consentbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CrmFieldTest {

    @Test
    @DisplayName("A field is available when the module has it and privacy settings do not keep its values from the API")
    void given() {
        Map<String, CrmField> fields = Map.of(
                "Phone", new CrmField("Phone", "Phone", "phone", null),
                "Salary", new CrmField("Salary", "Salary", "currency", null, 0, Map.of(), true));

        assertThat(CrmField.isGiven(fields, "Phone")).isTrue();
        assertThat(CrmField.isGiven(fields, "Salary")).isFalse();
        assertThat(CrmField.isGiven(fields, "Fax")).isFalse();
    }
}
