package io.quittance.streams.domain.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request's clock: the dates that follow from its regime, and what has been told about them. Holds all that its
 * alarms need, so that finding the next one asks nobody; {@link Clockwork} is what moves it.
 *
 * <p>A date is the last millisecond of its day in the regime's zone. What has been told stays told, whatever a wall
 * clock does; only a date that is put off can be told of again.
 *
 * @param article what the time to answer rests on
 * @param receivedAt when the controller received the request
 * @param startedAt when the time to answer began to run; null while that is still to come
 * @param firstDueAt when the request was to be answered before any extension or pause
 * @param dueAt when it is to be answered
 * @param nearAt from when that counts as near
 * @param pausedSince null while it runs
 * @param daysPaused days of earlier pauses, which do not count
 * @param extensions oldest first
 * @param acknowledgeBy when receipt is to be confirmed; null where it need not be
 * @param acknowledgeNearAt from when that counts as near
 * @param directives names of the latest directives about it, so that a repeat is recognised
 * @param stoppedAt when the work was over; the clock stands from then on
 */
public record StatutoryClock(
        String regime,
        String article,
        Instant receivedAt,
        @Nullable Instant startedAt,
        @Nullable Instant firstDueAt,
        @Nullable Instant dueAt,
        @Nullable Instant nearAt,
        @Nullable Instant pausedSince,
        int daysPaused,
        List<ExtensionGiven> extensions,
        @Nullable Instant acknowledgeBy,
        @Nullable Instant acknowledgeNearAt,
        @Nullable Instant acknowledgedAt,
        List<Alarm> told,
        List<String> directives,
        @Nullable Instant stoppedAt) {
    private static final int MAX_DIRECTIVES = 64;

    public StatutoryClock {
        extensions = List.copyOf(extensions);
        told = List.copyOf(told);
        directives = List.copyOf(directives);
    }

    /**
     * One extension of the time to answer.
     *
     * @param reason why, in the words of the directive
     * @param dueAt due date from then on
     */
    public record ExtensionGiven(String by, String reason, Instant at, Instant dueAt) {}

    /** What rings now, and the clock that knows that it has been told. */
    public record Ringing(StatutoryClock clock, List<Alarm> alarms) {}

    /** When the request is to be answered; null while no date is running: not started, paused, or stopped. */
    public @Nullable Instant answerBy() {
        return isPaused() || isStopped() ? null : dueAt;
    }

    public boolean isPaused() {
        return pausedSince != null;
    }

    public boolean isStopped() {
        return stoppedAt != null;
    }

    /** Whether the due date has passed, as far as anybody was told or can be known at that moment. */
    public boolean hasRunOut(Instant now) {
        Instant end = isStopped() ? stoppedAt : now;
        boolean past = dueAt != null && !isPaused() && end != null && end.isAfter(dueAt);
        return past || told.contains(Alarm.DEADLINE_MISSED);
    }

    /** Whether the due date is near, and has not passed. */
    public boolean isNear(Instant now) {
        return answerBy() != null && nearAt != null && !now.isBefore(nearAt) && !hasRunOut(now);
    }

    /** When somebody next has to be told something. */
    public Optional<Instant> nextAlarm() {
        return untold().map(this::at).flatMap(Optional::stream).min(Instant::compareTo);
    }

    /** What rings by now. An alarm that was overtaken by its miss is not told any more. */
    public Ringing ring(Instant now) {
        List<Alarm> due = untold().filter(
                        alarm -> at(alarm).filter(at -> !at.isAfter(now)).isPresent())
                .toList();
        List<Alarm> tell = due.stream()
                .filter(alarm -> !(alarm == Alarm.DEADLINE_NEAR && due.contains(Alarm.DEADLINE_MISSED)))
                .filter(alarm -> !(alarm == Alarm.ACKNOWLEDGEMENT_DUE && due.contains(Alarm.ACKNOWLEDGEMENT_MISSED)))
                .toList();
        return new Ringing(having(due), tell);
    }

    /** Whether the directive has been taken into account, carried out or refused. */
    public boolean knows(String directiveId) {
        return directives.contains(directiveId);
    }

    /** Remembers a directive, and forgets the oldest when there are too many. */
    public StatutoryClock having(String directiveId) {
        var longer = new ArrayList<>(directives);
        longer.add(directiveId);
        List<String> latest = longer.subList(Math.max(0, longer.size() - MAX_DIRECTIVES), longer.size());
        return new StatutoryClock(
                regime,
                article,
                receivedAt,
                startedAt,
                firstDueAt,
                dueAt,
                nearAt,
                pausedSince,
                daysPaused,
                extensions,
                acknowledgeBy,
                acknowledgeNearAt,
                acknowledgedAt,
                told,
                latest,
                stoppedAt);
    }

    StatutoryClock paused(Instant now) {
        return with(startedAt, firstDueAt, dueAt, nearAt, now, daysPaused, extensions, told);
    }

    StatutoryClock acknowledged(Instant now) {
        return new StatutoryClock(
                regime,
                article,
                receivedAt,
                startedAt,
                firstDueAt,
                dueAt,
                nearAt,
                pausedSince,
                daysPaused,
                extensions,
                acknowledgeBy,
                acknowledgeNearAt,
                now,
                told,
                directives,
                stoppedAt);
    }

    StatutoryClock stopped(Instant now) {
        return new StatutoryClock(
                regime,
                article,
                receivedAt,
                startedAt,
                firstDueAt,
                dueAt,
                nearAt,
                pausedSince,
                daysPaused,
                extensions,
                acknowledgeBy,
                acknowledgeNearAt,
                acknowledgedAt,
                told,
                directives,
                now);
    }

    StatutoryClock with(
            @Nullable Instant started,
            @Nullable Instant firstDue,
            @Nullable Instant due,
            @Nullable Instant near,
            @Nullable Instant paused,
            int days,
            List<ExtensionGiven> given,
            List<Alarm> nowTold) {
        return new StatutoryClock(
                regime,
                article,
                receivedAt,
                started,
                firstDue,
                due,
                near,
                paused,
                days,
                given,
                acknowledgeBy,
                acknowledgeNearAt,
                acknowledgedAt,
                nowTold,
                directives,
                stoppedAt);
    }

    private StatutoryClock having(List<Alarm> alarms) {
        var longer = new ArrayList<>(told);
        longer.addAll(alarms);
        return with(startedAt, firstDueAt, dueAt, nearAt, pausedSince, daysPaused, extensions, longer);
    }

    private Stream<Alarm> untold() {
        return isStopped() ? Stream.empty() : Arrays.stream(Alarm.values()).filter(alarm -> !told.contains(alarm));
    }

    private Optional<Instant> at(Alarm alarm) {
        return Optional.ofNullable(
                switch (alarm) {
                    case ACKNOWLEDGEMENT_DUE -> acknowledgedAt == null ? acknowledgeNearAt : null;
                    case ACKNOWLEDGEMENT_MISSED -> acknowledgedAt == null ? after(acknowledgeBy) : null;
                    case DEADLINE_NEAR -> isPaused() ? null : nearAt;
                    case DEADLINE_MISSED -> isPaused() ? null : after(dueAt);
                });
    }

    private static @Nullable Instant after(@Nullable Instant last) {
        return last == null ? null : last.plusMillis(1);
    }
}
