package io.quittance.streams.policy;

/**
 * Why a condition cannot be used.
 *
 * @param ruleId the rule it belongs to; empty where a condition is checked by itself
 * @param line in the condition, from 1
 * @param column in the line, from 1
 * @param message what is wrong, for people
 * @param compiles whether it only keeps the condition from being published: an earlier version let it through, and what
 *     that published stays in force
 */
public record ConditionProblem(String ruleId, int line, int column, String message, boolean compiles) {}
