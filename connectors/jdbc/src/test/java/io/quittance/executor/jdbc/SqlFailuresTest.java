package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Action;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "08006, DATABASE_UNAVAILABLE, RETRYABLE",
        ", DATABASE_UNAVAILABLE, RETRYABLE",
        "57P01, DATABASE_UNAVAILABLE, RETRYABLE",
        "53300, DATABASE_UNAVAILABLE, RETRYABLE",
        "57014, DATABASE_TIMEOUT, RETRYABLE",
        "55P03, DATABASE_TIMEOUT, RETRYABLE",
        "25P03, DATABASE_TIMEOUT, RETRYABLE",
        "25P04, DATABASE_TIMEOUT, RETRYABLE",
        "40001, DATABASE_CONFLICT, RETRYABLE",
        "40P01, DATABASE_CONFLICT, RETRYABLE",
        "25006, DATABASE_READ_ONLY, RETRYABLE",
        "28P01, DATABASE_LOGIN_REFUSED, RETRYABLE",
        "XX000, DATABASE_ERROR, RETRYABLE",
        "42501, PERMISSION_DENIED, FAILED",
        "42P01, UNMAPPED_DATASET, FAILED",
        "22001, UNSUITABLE_VALUE, FAILED",
        "23505, CONSTRAINT_VIOLATED, FAILED",
        "23503, REFERENCED, FAILED"
    })
    void eachErrorHasACodeAndSaysWhetherToTryAgainWithoutTheServersMessage(
            String state, String code, TaskFailure.Kind kind) {
        TaskFailure failure = SqlFailures.explain(
                new SQLException("Key (email)=(anna@example.org) exists", state),
                Given.task(Action.DELETE, "anna@example.org").build());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.detail()).doesNotContain("anna");
    }
}
