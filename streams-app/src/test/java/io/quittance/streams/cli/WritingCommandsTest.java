package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.PromptKind;
import io.quittance.schema.RequestState;
import io.quittance.streams.cli.InMemoryPipeline.Stored;
import io.quittance.streams.codec.CommandReader;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.codec.Reading;
import io.quittance.streams.codec.ReferenceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command writes, the pipeline's own readers understand; what they would not, it refuses to write. */
class WritingCommandsTest {

    /** Each with every option that ends up in a record. */
    private static final String COMMANDS = """
            request submit --subject s-1 --action DELETE --regime GDPR --purpose closing --requester-id s-1 --role vip \
            --ip 10.0.0.1 --country DE --device managed --break-glass incident --request-id r-9 --only-system shop \
            --only-category contact
            request withdraw r-1 --as s-1 --subject s-1 --reason changed
            request extend r-1 --as dpo-2 --subject s-1 --reason tapes
            request pause r-1 --as dpo-2 --subject s-1 --reason asked
            request resume r-1 --as dpo-2 --subject s-1 --reason answered
            request acknowledge r-1 --as dpo-2 --subject s-1 --reason mail
            request cancel r-1 --as dpo-2 --subject s-1 --reason mistaken
            request retry r-1 --as ops-1 --subject s-1 --reason mended --system shop
            hold place s-1 --as legal-1 --reason case-7 --system shop --category contact
            hold lift s-1 --as legal-1 --reason closed --hold h-1
            freeze apply f-1 --as ops-1 --reason upgrade --system shop --regime GDPR --policy default
            decide approve r-1 --as officer-1 --group privacy-officers --reason checked --attribute region=eu \
            --only-system shop --only-category contact --plan-sha256 HASH
            decide deny r-1 --as officer-1 --group privacy-officers --reason no --attribute region=eu
            decide sign-off r-2 --as dpo-1 --group dpo --reason justified --attribute region=eu
            decide object r-2 --as dpo-1 --group dpo --reason unjustified --attribute region=eu
            decide revoke r-3 --as officer-1 --group privacy-officers --reason wrong --attribute region=eu
            """.replace("HASH", Samples.HASH);

    /** Where the pipeline is, and who signs: nothing that a record would say. */
    private static final Set<String> NOT_IN_A_RECORD =
            Set.of("--bootstrap-server", "--schema-registry-url", "--prefix", "--issuer");

    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://writing-commands");
    private static final Topics TOPICS = Topics.withPrefix(Topics.DEFAULT_PREFIX);
    private static final CommandReader INPUTS = new CommandReader(REGISTRY, 1_000_000);
    private static final ReferenceReader DOCUMENTS = new ReferenceReader(REGISTRY);

    private final CliFixture cli = new CliFixture();
    private List<Stored> before;

    @BeforeEach
    void requestsWaitForAnswers() {
        cli.pipeline.put(TOPICS.approvals(), "r-1", Samples.prompt("r-1"));
        ApprovalPrompt review = Samples.prompt("r-2");
        review.setKind(PromptKind.REVIEW);
        review.setGroup("dpo");
        cli.pipeline.put(TOPICS.approvals(), "r-2", review);
        cli.pipeline.put(
                TOPICS.audit(),
                "r-3",
                Samples.audit("r-3", RequestState.EXECUTING, false, 1).build());
        before = List.copyOf(cli.pipeline.records);
    }

    @AfterAll
    static void close() {
        INPUTS.close();
        DOCUMENTS.close();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatItWritesIsUnderstood(List<String> command) {
        assertThat(run(command)).as(cli.err).isZero();

        assertThat(written()).singleElement().satisfies(this::isUnderstood);
    }

    @ParameterizedTest
    @MethodSource("commandsWithAText")
    void aTextWithALineBreakIsRefused(List<String> command, int text) {
        assertThat(run(with(command, text, command.get(text) + "\n"))).isNotIn(ExitCode.OK, ExitCode.FAILURE);

        assertThat(written()).isEmpty();
        assertThat(cli.err).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("commandsWithAText")
    void aTextThatIsEmptyIsRefused(List<String> command, int text) {
        assertThat(run(with(command, text, ""))).isNotIn(ExitCode.OK, ExitCode.FAILURE);

        assertThat(written()).isEmpty();
    }

    @Test
    void aHoldOfTwoLinesIsRefusedAndSaysWhatMayNotBeInIt() {
        assertThat(cli.run("hold", "place", "s-42", "--reason", "case 7\nsecond line"))
                .isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("--reason", "line breaks").doesNotContain("case 7", "HOLD sent");
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hold place s-1 --reason x --system Shop",
                "request retry r-1 --subject s-1 --reason x --system Shop"
            })
    void aNameThatNoSystemCanHaveIsRefused(String command) {
        assertThat(run(List.of(command.split(" ")))).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("'Shop' cannot be a system", "quittance systems show");
        assertThat(written()).isEmpty();
    }

    /** A new option that takes a text has to be tried here too. */
    @ParameterizedTest
    @MethodSource("commands")
    void everyTextOptionIsTried(List<String> command) {
        assertThat(spec(command).options())
                .filteredOn(WritingCommandsTest::takesText)
                .map(OptionSpec::longestName)
                .filteredOn(name -> !NOT_IN_A_RECORD.contains(name))
                .isSubsetOf(command);
    }

    /** And so has a new command that writes for a reason. */
    @Test
    void everyCommandThatTakesAReasonIsTried() {
        List<String> tried = commands()
                .map(command -> String.join(" ", command.subList(0, 2)))
                .toList();

        assertThat(HelpTest.commands()
                        .filter(command -> command.size() == 2
                                && spec(command).optionsMap().containsKey("--reason"))
                        .map(command -> String.join(" ", command)))
                .isSubsetOf(tried);
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "systems", "limits"})
    void aDocumentThatIsPublishedIsUnderstood(String document) {
        assertThat(cli.run(document, "apply", "src/test/resources/documents/" + document + ".yaml"))
                .as(cli.err)
                .isZero();

        assertThat(written())
                .filteredOn(stored -> !stored.key().contains("@"))
                .isNotEmpty()
                .allSatisfy(this::isUnderstood);
    }

    private void isUnderstood(Stored stored) {
        byte[] value = bytes(stored);
        Optional<InputTopic> input = Arrays.stream(InputTopic.values())
                .filter(topic -> topic.in(TOPICS).equals(stored.topic()))
                .findFirst();
        if (input.isPresent()) {
            assertThat(INPUTS.read(input.get(), stored.topic(), value))
                    .isInstanceOfSatisfying(
                            Reading.Understood.class,
                            understood -> assertThat(understood.subjectId()).isEqualTo(stored.key()));
        } else {
            assertThatCode(() -> document(stored.topic(), stored.key(), value)).doesNotThrowAnyException();
        }
    }

    private static Object document(String topic, String key, byte[] value) {
        if (topic.equals(TOPICS.policies())) {
            return DOCUMENTS.policy(topic, key, value);
        } else if (topic.equals(TOPICS.systems())) {
            return DOCUMENTS.system(topic, key, value);
        } else if (topic.equals(TOPICS.limits())) {
            return DOCUMENTS.limit(topic, key, value);
        }
        assertThat(topic).isEqualTo(TOPICS.freezes());
        return DOCUMENTS.freeze(topic, key, value);
    }

    private static byte[] bytes(Stored stored) {
        SpecificRecord value = Objects.requireNonNull(stored.value());
        return bytes(value.getClass(), stored.topic(), value);
    }

    private static <T extends SpecificRecord> byte[] bytes(Class<T> type, String topic, SpecificRecord value) {
        try (var serde = ContractSerdes.of(type, REGISTRY)) {
            return serde.serializer().serialize(topic, type.cast(value));
        }
    }

    private List<Stored> written() {
        return cli.pipeline.records.subList(before.size(), cli.pipeline.records.size());
    }

    private int run(List<String> command) {
        return cli.run(command.toArray(String[]::new));
    }

    private static List<String> with(List<String> command, int place, String text) {
        List<String> changed = new ArrayList<>(command);
        changed.set(place, text);
        return changed;
    }

    private static CommandSpec spec(List<String> command) {
        CommandLine line = QuittanceCli.commandLine(CliContext.ofProcess(properties -> 0));
        return line.getSubcommands()
                .get(command.get(0))
                .getSubcommands()
                .get(command.get(1))
                .getCommandSpec();
    }

    private static boolean takesText(OptionSpec option) {
        return option.arity().max() > 0
                && (option.type() == String.class
                        || Arrays.asList(option.auxiliaryTypes()).contains(String.class));
    }

    static Stream<List<String>> commands() {
        return COMMANDS.lines().map(line -> List.of(line.split(" ")));
    }

    static Stream<Arguments> commandsWithAText() {
        return commands()
                .flatMap(command -> IntStream.range(2, command.size())
                        .filter(place -> !command.get(place).startsWith("--"))
                        .mapToObj(place -> Arguments.of(command, place)));
    }
}
