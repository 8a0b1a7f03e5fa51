package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quittance.executor.DataSystem;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Action;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no real server at hand gives, and after which nobody may lose anything. */
class MisbehavingServerTest {
    private static final String NONE =
            "<ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType></ListBucketResult>";
    private static final String OTHER_CUSTOMER = "<ListBucketResult><IsTruncated>false</IsTruncated>"
            + "<EncodingType>url</EncodingType>"
            + "<Contents><Key>customers/42/letter.txt</Key><Size>1</Size></Contents></ListBucketResult>";

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final DataSystem archive;
    /** Listings of another kind than objects, by what they are asked for with; as that of objects without. */
    private final Map<String, String> otherListings = new HashMap<>();

    private String listing = NONE;
    private int status = 200;
    private int removalStatus = 200;
    private int receiptStatus = 200;
    private String receipt = "";
    private String receiptTag = "\"1\"";

    MisbehavingServerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        archive = new S3ExecutorPlugin()
                .createSystem(
                        Given.config(endpoint, "any", "any", "archive", Map.of()),
                        Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        archive.close();
        server.stop(0);
    }

    @Test
    void removesNothingWhenTheServerIgnoresThePrefix() {
        listing = OTHER_CUSTOMER;

        assertThat(failure().code()).isEqualTo("S3_IGNORES_PREFIX");
        assertThat(changes).isEmpty();
    }

    @Test
    void removesNothingWhenVersionsMayNotBeListed() {
        status = 403;
        listing = "<Error><Code>AccessDenied</Code><Message>customers/4/</Message></Error>";

        TaskFailure failure = failure();

        assertThat(failure.code()).isEqualTo("S3_REFUSED");
        assertThat(failure.detail()).contains("AccessDenied").doesNotContain("customers");
        assertThat(changes).isEmpty();
    }

    @Test
    void isNotFooledByAServerThatIgnoresTheQuestionForVersions() throws Exception {
        listing = OTHER_CUSTOMER.replace("/42/", "/4/");

        DatasetOutcome outcome = archive.execute(Given.work(delete())).get(0);

        assertThat(changes).isNotEmpty().containsOnly("POST");
        assertThat(outcome.getMatched()).isEqualTo(1);
        // Nor by one that says it removed what it still lists.
        assertThat(outcome.getDisposition()).isEqualTo(Disposition.FAILED);
        assertThat(outcome.getResidual()).isEqualTo(1);
        assertThat(outcome.getAffected()).isEqualTo(0);
    }

    @Test
    void saysNotFoundWhenNeitherListingHasAnything() throws Exception {
        assertThat(archive.execute(Given.work(delete())).get(0).getDisposition())
                .isEqualTo(Disposition.NOT_FOUND);
    }

    @Test
    void removesNothingWhenReceiptsCannotBeWrittenUnderACondition() {
        listing = OTHER_CUSTOMER.replace("/42/", "/4/");
        receiptStatus = 501;

        TaskFailure failure = failure();

        assertThat(failure.code()).isEqualTo("RECEIPTS_REFUSED");
        assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.FAILED);
        assertThat(failure.detail()).contains("501");
        assertThat(changes).isEmpty();
    }

    @Test
    void removesNothingWhenReceiptsCannotBeToldApart() {
        listing = OTHER_CUSTOMER.replace("/42/", "/4/");
        receiptTag = "";

        TaskFailure failure = failure();

        assertThat(failure.code()).isEqualTo("RECEIPTS_REFUSED");
        assertThat(failure.detail()).contains("ETag");
        assertThat(changes).isEmpty();
    }

    @Test
    void givesUpForNowWhenTheReceiptIsAlwaysAnothersAlready() {
        listing = OTHER_CUSTOMER.replace("/42/", "/4/");
        receiptStatus = 412;

        TaskFailure failure = failure();

        assertThat(failure.code()).isEqualTo("RECEIPT_CONTESTED");
        assertThat(failure.retryable()).isTrue();
        assertThat(changes).isEmpty();
    }

    @Test
    void doesNotRepeatARemovalBeforeTheGrantIsAskedForAgain() {
        listing = OTHER_CUSTOMER.replace("/42/", "/4/");
        removalStatus = 503;
        Task task = delete();

        TaskFailure busy = failure(task, Given.PERMITTED);
        TaskFailure ended = failure(task, Given.permittedTimes(0));

        assertThat(busy.code()).isEqualTo("S3_REFUSED");
        assertThat(busy.retryable()).isTrue();
        assertThat(ended.code()).isEqualTo("PARTLY_DONE");
        assertThat(changes).containsExactly("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Contents><Key>customers/4/%01</Key></Contents><Contents><Key>customers/4/%02</Key></Contents>",
                "<Upload><Key>customers/4/half.bin</Key><UploadId>1</UploadId></Upload>"
                        + "<Upload><Key>customers/4/half.bin</Key><UploadId>2</UploadId></Upload>"
            })
    void asksForTheGrantBeforeEachOfTheRemovalsThatGoOneByOne(String two) {
        listing = with(two);

        TaskFailure failure = failure(delete(), Given.permittedTimes(2));

        assertThat(failure.code()).isEqualTo("PARTLY_DONE");
        assertThat(changes).containsExactly("DELETE");
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPORT", "DELETE"})
    void doesNotTakeTheBeginningOfAListingForAllOfIt(Action action) {
        listing = cutOff(OTHER_CUSTOMER.replace("/42/", "/4/"));
        otherListings.put("versions", NONE);

        assertThat(failure(task(action), Given.PERMITTED).code()).isEqualTo("S3_CUTS_LISTING");
        assertThat(changes).isEmpty();
    }

    @Test
    void doesNotTakeTheBeginningOfAListingOfVersionsForAllOfIt() {
        otherListings.put(
                "versions", cutOff(with("<Version><Key>customers/4/a</Key><VersionId>1</VersionId></Version>")));

        assertThat(failure().code()).isEqualTo("S3_CUTS_LISTING");
        assertThat(changes).isEmpty();
    }

    @Test
    @Timeout(20)
    void doesNotAskForUploadsForever() {
        otherListings.put("uploads", cutOff(with("<Upload><Key>customers/4/a</Key><UploadId>1</UploadId></Upload>")));

        assertThat(failure().code()).isEqualTo("S3_CUTS_LISTING");
        assertThat(changes).isEmpty();
    }

    @Test
    @Timeout(20)
    void isNotHinderedByAServerThatListsMoreObjectsThanOnePageWhenAskedForSomethingElse() throws Exception {
        otherListings.put("versions", cutOff(OTHER_CUSTOMER));
        otherListings.put("uploads", cutOff(OTHER_CUSTOMER));

        assertThat(archive.execute(Given.work(delete())).get(0).getDisposition())
                .isEqualTo(Disposition.NOT_FOUND);
    }

    @ParameterizedTest
    @Timeout(20)
    @CsvSource({
        "prefix, <NextContinuationToken>1</NextContinuationToken>",
        "versions, <NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>",
        "uploads, <NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>1</NextUploadIdMarker>"
    })
    void doesNotFollowAListingThatStandsStill(String kind, String marker) {
        otherListings.put(kind, cutOff(with(marker)));

        assertThat(failure().code()).isEqualTo("S3_CUTS_LISTING");
        assertThat(changes).isEmpty();
    }

    private static String with(String entries) {
        return NONE.replace("</EncodingType>", "</EncodingType>" + entries);
    }

    private static String cutOff(String listing) {
        return listing.replace("<IsTruncated>false", "<IsTruncated>true");
    }

    private TaskFailure failure() {
        return failure(delete(), Given.PERMITTED);
    }

    private TaskFailure failure(Task task, GrantGuard guard) {
        return catchThrowableOfType(TaskFailure.class, () -> archive.execute(Given.work(task, guard)));
    }

    private static Task delete() {
        return task(Action.DELETE);
    }

    private static Task task(Action action) {
        return Given.task(action, "4", Given.letters("archive").build()).build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean read = exchange.getRequestMethod().equals("GET");
        if (exchange.getRequestURI().getPath().contains("/receipts/")) {
            answerForReceipt(exchange, read, body);
        } else if (read) {
            respond(exchange, status, listing(exchange.getRequestURI().getQuery()));
        } else {
            changes.add(exchange.getRequestMethod());
            respond(exchange, removalStatus, removalStatus == 200 ? listing : "<Error><Code>SlowDown</Code></Error>");
        }
    }

    private String listing(String query) {
        return otherListings.entrySet().stream()
                .filter(other -> query.contains(other.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(listing);
    }

    private void answerForReceipt(HttpExchange exchange, boolean read, String body) throws IOException {
        if (!receiptTag.isEmpty()) {
            exchange.getResponseHeaders().set("ETag", receiptTag);
        }
        if (!read && receiptStatus == 200) {
            // The SDK may put signatures around it.
            receipt = body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
        }
        if (read && receipt.isEmpty()) {
            respond(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
        } else {
            respond(exchange, read ? 200 : receiptStatus, read ? receipt : "");
        }
    }

    private static void respond(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
