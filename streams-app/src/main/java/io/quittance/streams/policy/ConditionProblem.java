package io.quittance.streams.policy;

/**
 * Why a condition cannot be used.
 *
 * @param ruleId the rule it belongs to; empty where a condition is checked by itself
 * @param line in the condition, from 1
 * @param column in the line, from 1
 * @param message what is wrong, for people
 */
public record ConditionProblem(String ruleId, int line, int column, String message) {}
