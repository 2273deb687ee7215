package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RemedyTest {

    @Test
    @DisplayName("The problem and the remedy are two sentences")
    void sentences() {
        assertThat(Remedy.after("unknown key \"schedual\"", "did you mean \"schedule\"?"))
                .isEqualTo("unknown key \"schedual\". Did you mean \"schedule\"?");
        assertThat(Remedy.after("PostgreSQL cannot be reached.", "check database.url"))
                .isEqualTo("PostgreSQL cannot be reached. Check database.url");
        assertThat(Remedy.after("scope is missing", "Add scope: all")).isEqualTo("scope is missing. Add scope: all");
    }
}
