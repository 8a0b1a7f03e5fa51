package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitClaimKind;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.LimitPermit;
import io.quittance.schema.LimitRate;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.limit.Claim;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Work;
import io.quittance.streams.domain.model.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Limits as they are published, and what the docket and the limiter say to each other. */
public final class LimitMapping {
    /** Each start within a window is a row, and in memory. */
    public static final int MAX_COUNT = 1_000_000;

    public static final Duration LONGEST_WINDOW = Duration.ofDays(366);

    /** A claim's id is made of a request's and a system's, and two numbers. */
    static final int MAX_CLAIM_ID = Door.MAX_ID + 100;

    private LimitMapping() {}

    /**
     * A limit as the core's value, checked; {@code key} is what it is published under.
     *
     * @throws InvalidRecordException if it says something that cannot be
     */
    public static Limit limit(String key, LimitDocument document) {
        Require.name("name", document.getName(), Door.MAX_TEXT);
        Require.that(document.getName().equals(key), "the limit's name is not the record's key");
        // An action that this version does not know may be the only one that is meant: to drop it would limit all.
        document.getActions().forEach(action -> Require.known("actions", action));
        Require.that(
                document.getConcurrent() != null || document.getPerWindow() != null,
                "a limit has neither concurrent nor per_window");
        Set<Action> actions = new HashSet<>(each(document.getActions(), action -> Enums.to(Action.class, action)));
        return new Limit(
                document.getName(),
                (int) Require.range("version", document.getVersion(), 1, Integer.MAX_VALUE),
                new HashSet<>(each(document.getSystems(), system -> Require.system("systems", system))),
                actions,
                concurrent(document.getConcurrent()),
                rate(document.getPerWindow()));
    }

    static Command permit(LimitPermit permit) {
        return new Command.Permit(
                Require.id("request_id", permit.getRequestId()),
                Require.system("system", permit.getSystem()),
                permit.getAttempt(),
                Require.name("claim_id", permit.getClaimId(), MAX_CLAIM_ID));
    }

    static LimitClaim claim(Effect.ClaimPermit effect) {
        return claim(LimitClaimKind.CLAIM, effect.claim(), effect.at());
    }

    static LimitClaim release(Effect.ReleasePermit effect) {
        LimitClaim release = claim(LimitClaimKind.RELEASE, effect.claim(), effect.at());
        release.setUnused(effect.unused());
        return release;
    }

    /** What an attempt asks for, checked. */
    static Claim asked(LimitClaim claim) {
        Require.known("action", claim.getAction());
        return new Claim(
                claim.getClaimId(),
                Require.id("request_id", claim.getRequestId()),
                Require.subject(claim.getSubjectId()),
                new Work(Require.system("system", claim.getSystem()), Enums.to(Action.class, claim.getAction())),
                claim.getAttempt(),
                claim.getDeadline());
    }

    private static LimitClaim claim(LimitClaimKind kind, Claim claim, Instant at) {
        return LimitClaim.newBuilder()
                .setClaimId(claim.claimId())
                .setKind(kind)
                .setRequestId(claim.requestId())
                .setSubjectId(claim.subjectId())
                .setSystem(claim.work().system())
                .setAction(
                        Enums.to(io.quittance.schema.Action.class, claim.work().action()))
                .setAttempt(claim.attempt())
                .setDeadline(claim.deadline())
                .setAt(at)
                .build();
    }

    private static @Nullable Integer concurrent(@Nullable Integer most) {
        return most == null ? null : (Integer) (int) Require.range("concurrent", most, 1, MAX_COUNT);
    }

    private static Limit.@Nullable Rate rate(@Nullable LimitRate rate) {
        return rate == null
                ? null
                : new Limit.Rate(
                        (int) Require.range("per_window.count", rate.getCount(), 1, MAX_COUNT),
                        Duration.ofMillis(Require.range(
                                "per_window.window_ms", rate.getWindowMs(), 1, LONGEST_WINDOW.toMillis())));
    }
}
