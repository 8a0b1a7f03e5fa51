package io.quittance.streams.cli;

import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
        name = "quittance",
        mixinStandardHelpOptions = true,
        description = "A privacy pipeline on Kafka: requests become evidence, and nothing happens without approval.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        footer = {
            "",
            "Examples:",
            "  export QUITTANCE_CONFIG=client.properties QUITTANCE_AS=ops-7",
            "  quittance topics apply --system shop",
            "  quittance systems apply shop.yaml && quittance policy apply policy.yaml",
            "  quittance request submit --subject s-9f31 --action ACCESS --regime GDPR --purpose copy \\",
            "      --identifiers-file ids.yaml",
            "  quittance approvals list",
            "  quittance audit tail --json",
            "",
            "'quittance COMMAND --help' says more, with examples. QUITTANCE_LOG=WARN shows what Kafka's clients log."
        })
final class QuittanceCommand {}
