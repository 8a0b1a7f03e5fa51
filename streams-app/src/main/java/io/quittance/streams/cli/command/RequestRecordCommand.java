package io.quittance.streams.cli.command;

import io.quittance.schema.RequestEvent;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.policy.RecordedRequest;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Records requests for trying policies on them. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Print the requests that the topic still has, one JSON object per line, for 'quittance policy simulate"
                    + " --recorded'.",
            "What finds the person is left out; pseudonyms of subject and requester stay."
        },
        footer = {"", "Example:", "  quittance request record > requests.jsonl"})
public final class RequestRecordCommand extends PipelineCommand {

    @Option(
            names = "--with-ip",
            description = "Keep the addresses that requests came from, for policies that look at them: personal data.")
    private boolean withAddress;

    public RequestRecordCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        Output output = output();
        AtomicLong recorded = new AtomicLong();
        log(connection).scan(connection.topics().requests(), RequestEvent.class, entry -> {
            if (entry.value() != null) {
                RecordedRequest.of(entry.value()).ifPresent(request -> {
                    recorded.incrementAndGet();
                    output.json(request.json(withAddress));
                });
            }
        });
        output.note(recorded.get() + " requests recorded.");
        return ExitCode.OK;
    }
}
