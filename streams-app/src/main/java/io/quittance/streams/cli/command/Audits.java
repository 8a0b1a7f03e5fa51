package io.quittance.streams.cli.command;

import io.quittance.schema.AuditRecord;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;

/** Looks up requests where everybody may: in the audit. */
final class Audits {

    private Audits() {}

    /** @throws CliException if the pipeline has not seen the request */
    static AuditRecord require(ContractLog log, Connection connection, String request) {
        return log.lookUp(connection.topics().audit(), request, AuditRecord.class)
                .orElseThrow(() -> CliException.notFound(
                        "The audit knows no request '" + request + "'.",
                        "If it was submitted just now, wait for it with 'quittance request watch " + request + "'."));
    }
}
