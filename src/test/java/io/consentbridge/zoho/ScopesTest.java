package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a credential may do by the words of the accounts server. */
class ScopesTest {

    @ParameterizedTest(name = "{0} permits {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ZohoCRM.modules.leads.READ | ZohoCRM.modules.leads.READ | true",
                "zohocrm.Modules.Leads.read | ZohoCRM.modules.leads.READ | true",
                "ZohoCRM.modules.READ | ZohoCRM.modules.leads.READ | true",
                "ZohoCRM.modules.ALL | ZohoCRM.modules.leads.READ | true",
                "ZohoCRM.modules.leads.ALL | ZohoCRM.modules.leads.READ | true",
                "ZohoCRM.modules.contacts.READ | ZohoCRM.modules.leads.READ | false",
                "ZohoCRM.modules.leads.CREATE | ZohoCRM.modules.leads.READ | false",
                "ZohoCRM.settings.ALL | ZohoCRM.settings.fields.READ | true",
                "ZohoCRM.settings.READ,ZohoCRM.coql.READ | ZohoCRM.coql.READ | true",
                "ZohoCampaigns.contact.READ ZohoCampaigns.contact.WRITE | ZohoCampaigns.contact.UPDATE | true",
                "ZohoCampaigns.contact.CREATE-UPDATE | ZohoCampaigns.contact.CREATE | true",
                "ZohoCampaigns.contact.UPDATE | ZohoCampaigns.contact.CREATE | false",
                "ZohoCampaigns.contact.WRITE | ZohoCampaigns.contact.READ | false",
                "ZohoCampaigns.campaign.ALL | ZohoCampaigns.contact.READ | false"
            })
    @DisplayName("A scope is granted by itself, by a wider group or by a wider operation, and by nothing else")
    void permit(String granted, String needed, boolean permitted) {
        assertThat(Scopes.of(granted).permit(needed)).isEqualTo(permitted);
    }

    @Test
    @DisplayName("A reply that names nothing says nothing")
    void nothing() {
        assertThat(Scopes.of(" , ").isEmpty()).isTrue();
    }
}
