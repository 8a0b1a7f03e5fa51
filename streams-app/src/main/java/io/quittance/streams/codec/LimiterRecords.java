package io.quittance.streams.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException;
import io.quittance.contract.Topics;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitPermit;
import io.quittance.streams.domain.limit.Claim;
import io.quittance.streams.domain.limit.Permit;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** What the limiter reads and writes. Not thread-safe: one per task. */
public final class LimiterRecords implements AutoCloseable {
    private final Topics topics;
    private final boolean deadLetterPayload;
    private final Deserializer<LimitClaim> claims;
    private final Serializer<LimitPermit> permits;
    private final Serializer<DeadLetter> deadLetters;

    /**
     * @param serdeConfig {@code schema.registry.url} and the other standard keys
     * @param deadLetterPayload whether a dead letter carries the record's bytes
     */
    public LimiterRecords(Topics topics, Map<String, ?> serdeConfig, boolean deadLetterPayload) {
        this.topics = topics;
        this.deadLetterPayload = deadLetterPayload;
        this.claims = ContractSerdes.of(LimitClaim.class, serdeConfig).deserializer();
        this.permits = ContractSerdes.of(LimitPermit.class, serdeConfig).serializer();
        this.deadLetters = ContractSerdes.of(DeadLetter.class, serdeConfig).serializer();
    }

    /** @throws RegistryUnavailableException if it cannot be told now what the bytes are: try again */
    public ClaimReading read(byte @Nullable [] value) {
        if (value == null) {
            return new ClaimReading.Senseless("INVALID", "The record has no value.");
        }
        try {
            return understand(claims.deserialize(topics.limitClaims(), value));
        } catch (InvalidRecordException invalid) {
            return new ClaimReading.Senseless("INVALID", String.valueOf(invalid.getMessage()));
        } catch (SerializationException undecodable) {
            return new ClaimReading.Senseless("UNDECODABLE", "The value is not a LimitClaim in the registry's format.");
        }
    }

    /** @throws RegistryRefusedException to try again */
    public Outgoing permit(Permit permit) {
        Claim claim = permit.claim();
        LimitPermit value = LimitPermit.newBuilder()
                .setClaimId(claim.claimId())
                .setRequestId(claim.requestId())
                .setSubjectId(claim.subjectId())
                .setSystem(claim.work().system())
                .setAttempt(claim.attempt())
                .setLimits(permit.limits())
                .setPermittedAt(permit.at())
                .build();
        return new Outgoing(
                OutputTopic.LIMIT_PERMITS,
                topics.limitPermits(),
                claim.subjectId().getBytes(UTF_8),
                EffectWriter.bytes(permits, topics.limitPermits(), value));
    }

    /** @throws RegistryRefusedException to try again */
    public Outgoing deadLetter(Arrival arrival, String code, String detail, Instant now) {
        DeadLetter letter = DeadLetterMapping.deadLetter(arrival, code, detail, now, deadLetterPayload);
        return new Outgoing(
                OutputTopic.DEAD_LETTERS,
                topics.deadLetters(),
                arrival.topic().getBytes(UTF_8),
                EffectWriter.bytes(deadLetters, topics.deadLetters(), letter));
    }

    @Override
    public void close() {
        claims.close();
        permits.close();
        deadLetters.close();
    }

    private static ClaimReading understand(LimitClaim claim) {
        Require.name("claim_id", claim.getClaimId(), LimitMapping.MAX_CLAIM_ID);
        return switch (claim.getKind()) {
            case CLAIM -> new ClaimReading.Asked(LimitMapping.asked(claim));
            case RELEASE -> new ClaimReading.Over(claim.getClaimId(), claim.getUnused());
            case UNKNOWN ->
                throw new InvalidRecordException(
                        "The record was refused: kind is not a value this pipeline" + " knows.");
        };
    }
}
