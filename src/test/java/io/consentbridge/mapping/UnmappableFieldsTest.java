package io.consentbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnmappableFieldsTest {

    @ParameterizedTest
    @CsvSource({
        "Modified_By, ownerlookup",
        "Created_By, ownerlookup",
        "Modified_Time, datetime",
        "Layout, layout",
        "Wizard, text",
        "Account_Name, lookup",
        "Reports, multi_module_lookup",
        "Friends, multiselectlookup",
        "Team, multiuserlookup",
        "Record_Image, profileimage",
        "Contract_File, fileupload",
        "Lines, subform",
        "Photos, imageupload",
        "Data_Processing_Basis, picklist",
        "Data_Processing_Basis_Details, consent_lookup",
        "Last_Follow_Up_By, text",
        "Territories, text",
        "Billing, address",
        "Tax, linetax",
        "Reminder, multireminder",
        "Account_Name.Modified_Time, datetime",
        "Account_Name.Created_By, ownerlookup",
        "Created_By.email, text"
    })
    @DisplayName("B119: a field that cannot be mapped is refused with its reason")
    void refused(String apiName, String dataType) {
        assertThat(UnmappableFields.reason(new CrmField(apiName, apiName, dataType, null)))
                .hasValueSatisfying(why -> assertThat(why).isNotBlank());
    }

    @Test
    @DisplayName("B119: other fields can be mapped")
    void mappable() {
        assertThat(UnmappableFields.reason(new CrmField("Company", "Company", "text", null)))
                .isEmpty();
        assertThat(UnmappableFields.reason("Created_Time")).isEmpty();
    }
}
