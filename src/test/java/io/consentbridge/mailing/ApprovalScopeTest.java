package io.consentbridge.mailing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalScopeTest {

    private static final ApprovalScope APPROVED = new ApprovalScope(
            "3z1", "Spring", "Example <news@example.com>", Optional.of("aa"), "3zlist", Optional.of("News"), 120);

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        scope("3z2", "Spring", "aa", "3zlist", "News", 120),
                        "it is another campaign in Zoho Campaigns now"),
                Arguments.of(scope("3z1", "Summer", "aa", "3zlist", "News", 120), "the subject has changed"),
                Arguments.of(scope("3z1", "Spring", "bb", "3zlist", "News", 120), "the content has changed"),
                Arguments.of(scope("3z1", "Spring", null, "3zlist", "News", 120), "the content has changed"),
                Arguments.of(scope("3z1", "Spring", "aa", "3zother", "News", 120), "it goes to another list now"),
                Arguments.of(scope("3z1", "Spring", "aa", "3zlist", null, 120), "the topic has changed"),
                Arguments.of(
                        scope("3z1", "Spring", "aa", "3zlist", "News", 121),
                        "121 people will receive it, and 120 were approved"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    @DisplayName("Any change of what was approved voids the approval, with the reason")
    void voids(ApprovalScope now, String because) {
        assertThat(now.changesSince(APPROVED)).containsExactly(because);
    }

    @Test
    @DisplayName("What has not changed stays approved")
    void holds() {
        assertThat(scope("3z1", "Spring", "aa", "3zlist", "News", 120).changesSince(APPROVED))
                .isEmpty();
    }

    @Test
    @DisplayName("The author is recognised in another spelling of the name")
    void author() {
        assertThat(Approvers.same("Ann Lee", " ann  LEE")).isTrue();
        assertThat(Approvers.same("Ann Lee", "Anna Lee")).isFalse();
    }

    private static ApprovalScope scope(String key, String subject, String hash, String list, String topic, long count) {
        return new ApprovalScope(
                key,
                subject,
                "Example <news@example.com>",
                Optional.ofNullable(hash),
                list,
                Optional.ofNullable(topic),
                count);
    }
}
