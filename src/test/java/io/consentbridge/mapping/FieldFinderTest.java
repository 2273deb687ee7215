package io.consentbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.mapping.FieldFinder.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FieldFinderTest {

    private static final Map<String, Map<String, CrmField>> MODULES = Map.of(
            "Contacts",
            fields(
                    new CrmField("Phone", "Phone", "phone", null),
                    new CrmField("Owner", "Contact Owner", "ownerlookup", null),
                    new CrmField("Related_To__s", "Related", "multi_module_lookup", null),
                    new CrmField("Account_Name", "Account", "lookup", "Accounts")),
            "Accounts",
            fields(
                    new CrmField("Industry", "Industry", "picklist", null),
                    new CrmField("Created_By", "Created by", "ownerlookup", null),
                    new CrmField("Papers", "Papers", "fileupload", null)));

    private final List<String> asked = new ArrayList<>();

    @Test
    @DisplayName("B36: a field of the module, of another module and of a user are found")
    void finds() {
        assertThat(field("Phone").dataType()).isEqualTo("phone");
        assertThat(asked).containsOnly("Contacts");
        assertThat(field("Account_Name.Industry").dataType()).isEqualTo("picklist");
        assertThat(field("Owner.email").dataType()).isEqualTo("text");
        assertThat(field("Owner").isUser()).isTrue();
    }

    @Test
    @DisplayName("B119: what cannot be mapped is refused by name with the reason, behind a lookup too")
    void refuses() {
        assertThat(refusal("Account_Name.Created_By"))
                .isEqualTo("Account_Name.Created_By cannot be mapped: who created a record cannot be mapped");
        assertThat(refusal("Modified_By.email")).contains("who changed a record cannot be mapped");
        assertThat(refusal("Account_Name.Papers")).contains("a file upload cannot be mapped");
        assertThat(refusal("Account_Name")).contains("Use a field behind it");
        assertThat(refusal("Related_To__s")).contains("a lookup cannot be mapped");
    }

    @Test
    @DisplayName("B36: a missing field is refused, with the module where it was looked for")
    void misses() {
        assertThat(refusal("Fax")).isEqualTo("Contacts has no field Fax");
        assertThat(refusal("Account_Name.Fax")).isEqualTo("Accounts has no field Fax");
        assertThat(refusal("Phone.Extension")).contains("does not point to a single module");
        assertThat(refusal("Related_To__s.Name")).contains("does not point to a single module");
        assertThat(refusal("Owner.Shoe_Size")).contains("not a readable field of a user");
    }

    private CrmField field(String source) {
        assertThat(find(source)).isInstanceOf(Found.Field.class);
        return ((Found.Field) find(source)).field();
    }

    private String refusal(String source) {
        assertThat(find(source)).isInstanceOf(Found.Refused.class);
        assertThat(((Found.Refused) find(source)).whatWouldBeRight()).isNotBlank();
        return ((Found.Refused) find(source)).why();
    }

    private Found find(String source) {
        return new FieldFinder("Contacts", module -> {
                    asked.add(module);
                    return MODULES.get(module);
                })
                .find(source);
    }

    private static Map<String, CrmField> fields(CrmField... fields) {
        return Stream.of(fields).collect(Collectors.toMap(CrmField::apiName, Function.identity()));
    }
}
