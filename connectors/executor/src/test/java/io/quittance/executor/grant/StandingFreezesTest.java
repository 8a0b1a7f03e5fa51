package io.quittance.executor.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.executor.Given;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Freeze;
import io.quittance.schema.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StandingFreezesTest {
    private static final byte[] UNREADABLE = {0};

    private final Map<Byte, Freeze> documents = new HashMap<>();
    private final StandingFreezes freezes = new StandingFreezes(
            "privacy.freezes", (topic, value) -> decode(value), Clock.fixed(Given.NOW, ZoneOffset.UTC));

    static Stream<Arguments> freezesAndWhetherTheyStopATaskOfTheShopUnderGdprAndTheDefaultPolicy() {
        return Stream.of(
                Arguments.of(freeze().setEverything(true), true),
                Arguments.of(freeze().setSystems(List.of("crm", "shop")), true),
                Arguments.of(freeze().setSystems(List.of("crm")), false),
                Arguments.of(freeze().setRegimes(List.of("GDPR")), true),
                Arguments.of(freeze().setRegimes(List.of("CCPA")), false),
                Arguments.of(freeze().setPolicies(List.of("default")), true),
                Arguments.of(freeze().setPolicies(List.of("strict")), false),
                Arguments.of(freeze().setSystems(List.of("crm")).setRegimes(List.of("GDPR")), true),
                Arguments.of(freeze().setEverything(true).setUntil(Given.NOW.plusMillis(1)), true),
                Arguments.of(freeze().setEverything(true).setUntil(Given.NOW), false),
                Arguments.of(freeze(), true));
    }

    @ParameterizedTest
    @MethodSource("freezesAndWhetherTheyStopATaskOfTheShopUnderGdprAndTheDefaultPolicy")
    void aFreezeStopsWhatAnyOfItsPartsNames(Freeze.Builder freeze, boolean stops) {
        publish("f", freeze.build());

        assertThat(isFrozen(task("default"))).isEqualTo(stops);
    }

    @Test
    void aTaskThatDoesNotNameItsPolicyIsStoppedByAnyFreezeOfOne() {
        publish("f", freeze().setPolicies(List.of("strict")).build());

        assertThat(isFrozen(task(null))).isTrue();
    }

    @Test
    void aFreezeThatCannotBeReadStopsEverythingUntilItIsReplacedOrLifted() {
        remember("f", UNREADABLE);
        assertThat(isFrozen(task("default"))).isTrue();

        publish("f", freeze().setSystems(List.of("crm")).build());
        assertThat(isFrozen(task("default"))).isFalse();

        remember("f", UNREADABLE);
        remember("f", null);
        assertThat(isFrozen(task("default"))).isFalse();
    }

    @Test
    void liftingOneFreezeLeavesTheOtherInForce() {
        publish("f", freeze().setEverything(true).build());
        publish("g", freeze().setSystems(List.of("shop")).build());

        remember("f", null);

        assertThat(isFrozen(task("default"))).isTrue();
    }

    @Test
    void whileTheTopicIsReadAnewWhatWasReadBeforeStaysInForce() {
        publish("f", freeze().setEverything(true).build());

        freezes.startOver();
        assertThat(isFrozen(task("default"))).isTrue();

        freezes.caughtUp();
        assertThat(isFrozen(task("default"))).isFalse();
    }

    private boolean isFrozen(Task task) {
        try {
            freezes.ensureNotFrozen(task);
            return false;
        } catch (TaskFailure failure) {
            assertThat(failure.code()).isEqualTo("FROZEN");
            assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
            return true;
        }
    }

    private void publish(String key, Freeze freeze) {
        byte number = (byte) (documents.size() + 1);
        documents.put(number, freeze);
        remember(key, new byte[] {number});
    }

    private void remember(String key, byte @Nullable [] value) {
        freezes.remember(new ConsumerRecord<>("privacy.freezes", 0, 0, key.getBytes(StandardCharsets.UTF_8), value));
        freezes.caughtUp();
    }

    private @Nullable Freeze decode(byte @Nullable [] value) {
        if (value == null || !documents.containsKey(value[0])) {
            throw new SerializationException("no freeze");
        }
        return documents.get(value[0]);
    }

    private static Task task(@Nullable String policy) {
        Task task = Given.task();
        task.setPolicy(policy);
        return task;
    }

    private static Freeze.Builder freeze() {
        return Freeze.newBuilder()
                .setName("f")
                .setReason("incident")
                .setIssuedBy("ops-1")
                .setIssuedAt(Given.NOW);
    }
}
