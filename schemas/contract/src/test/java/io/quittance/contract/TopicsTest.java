package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.contract.TopicKey.PartitionRule;
import io.quittance.contract.Topics.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private final Topics topics = Topics.withPrefix(Topics.DEFAULT_PREFIX);

    @Test
    void everyAccessorNamesATopicOfTheCatalogueAndTheOtherWayRound() {
        assertThat(topics.all(List.of("shop")))
                .extracting(Topic::name)
                .containsExactlyInAnyOrder(
                        topics.requests(),
                        topics.decisions(),
                        topics.verifications(),
                        topics.directives(),
                        topics.policies(),
                        topics.systems(),
                        topics.limits(),
                        topics.freezes(),
                        topics.approvals(),
                        topics.limitClaims(),
                        topics.limitPermits(),
                        topics.tasks("shop"),
                        topics.completions(),
                        topics.revocations(),
                        topics.audit(),
                        topics.notifications(),
                        topics.deadLetters());
    }

    @Test
    void thePrefixIsPartOfEveryName() {
        assertThat(Topics.withPrefix("acme.").all(List.of("shop", "crm")))
                .hasSize(18)
                .allSatisfy(topic -> assertThat(topic.name()).startsWith("acme."));
        assertThat(topics.tasks("shop")).isEqualTo("privacy.tasks.shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "-shop", "shop.eu", "shop/eu", "shöp", "a b"})
    void aSystemThatCannotBePartOfATopicNameIsRefused(String system) {
        assertThatThrownBy(() -> topics.tasks(system)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSystemNameMayHave63CharactersAndNoMore() {
        assertThat(Topics.isLegalSystem("s".repeat(63))).isTrue();
        assertThat(Topics.isLegalSystem("s".repeat(64))).isFalse();
    }

    @Test
    void aPrefixThatKafkaWouldNotTakeIsRefused() {
        assertThatThrownBy(() -> Topics.withPrefix("privacy:"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("privacy:");
    }

    @Test
    void revocationsOutliveTheLongestGrant() {
        long retention = Long.parseLong(TopicCatalogue.REVOCATIONS.configs().getOrDefault("retention.ms", "0"));
        assertThat(Duration.ofMillis(retention)).isGreaterThan(TopicCatalogue.LONGEST_GRANT);
    }

    /** The writer's own may be years old, and an acknowledged request or hold would be deleted unread. */
    @Test
    void whatIsDeletedWithTimeIsDeletedByTheTimeItArrivedAt() {
        assertThat(TopicCatalogue.all())
                .filteredOn(spec -> !spec.compacted())
                .isNotEmpty()
                .allSatisfy(spec -> assertThat(spec.configs())
                        .as(spec.name())
                        .containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void exactlyTheTablesAreCompactedAndReferenceTablesAndClaimsHaveOnePartition() {
        assertThat(TopicCatalogue.all())
                .filteredOn(TopicSpec::compacted)
                .extracting(TopicSpec::name)
                .containsExactly("policies", "systems", "limits", "freezes", "approvals", "audit");
        assertThat(TopicCatalogue.all())
                .filteredOn(spec -> spec.key().partitions() == PartitionRule.ONE)
                .extracting(TopicSpec::name)
                .containsExactly("policies", "systems", "limits", "freezes", "limit-claims");
        assertThat(TopicCatalogue.all())
                .allSatisfy(spec -> assertThat(spec.configs())
                        .containsEntry("cleanup.policy", spec.compacted() ? "compact" : "delete"));
    }
}
