package io.quittance.streams.processor;

import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.limit.LimitUse;
import io.quittance.streams.state.DocketGauges;
import java.time.Duration;
import java.util.List;

/** Port: what operators are told in numbers. Never given an identifier. */
public interface Telemetry {

    /** A command was not carried out as asked. */
    void refused(Refusal why);

    /** A command had been taken into account before. */
    void repeated();

    /** A record was handed to people. */
    void deadLettered(String code);

    /** A record was sent on to its right key. */
    void forwarded();

    /** A docket was looked at because time had come. */
    void timerRan();

    /** A task went out, that long after the approval it rests on. */
    void approvalToTask(Duration took);

    /** A task's dockets are now kept here. */
    void opened(String task, DocketGauges dockets);

    /** And now no longer; the same task may have been opened elsewhere meanwhile. */
    void closed(String task, DocketGauges dockets);

    /** How much of each limit is used, where the limiter is kept; said again and again. */
    void limiterUse(String task, List<LimitUse> use);

    /** The limiter is no longer kept here. */
    void limiterClosed(String task);
}
