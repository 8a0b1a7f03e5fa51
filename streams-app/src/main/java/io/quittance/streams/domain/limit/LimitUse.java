package io.quittance.streams.domain.limit;

/**
 * How much of a limit is used.
 *
 * @param held attempts that are out, or may go out
 * @param waiting claims that wait for it, and perhaps for others too
 * @param started attempts that count against its rate now; 0 where it has none
 */
public record LimitUse(String limit, int held, int waiting, int started) {}
