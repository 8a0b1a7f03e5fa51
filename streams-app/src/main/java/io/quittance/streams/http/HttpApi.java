package io.quittance.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * The application's HTTP side. Requests are not logged: their paths name subjects. With a token, everything but health
 * wants it.
 */
public final class HttpApi implements AutoCloseable {
    private static final String JSON = "application/json";

    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private final KafkaStreams streams;
    private final Supplier<ReferenceState> reference;
    private final Supplier<String> metrics;
    private final DocketQuery dockets;
    private final Neighbour neighbour;
    private final @Nullable BearerToken token;
    private final Javalin server;

    /**
     * @param self where other instances reach this one; null if it was not told
     * @param partitions how many the docket store has
     * @param token what callers have to present; null if nothing
     * @param reference what is known of policies and the data map
     * @param metrics the metrics page
     */
    public HttpApi(
            KafkaStreams streams,
            @Nullable HostInfo self,
            int partitions,
            @Nullable BearerToken token,
            Supplier<ReferenceState> reference,
            Supplier<String> metrics) {
        this.streams = streams;
        this.reference = reference;
        this.metrics = metrics;
        this.token = token;
        this.dockets = new DocketQuery(streams, self, partitions);
        this.neighbour = new Neighbour(token);
        this.server = Javalin.create(this::configure);
    }

    /** What is known of policies and the data map. */
    public record ReferenceState(boolean policy, int systems) {}

    /**
     * @param port 0 takes any free one
     * @throws UncheckedIOException if nothing can listen there; it names the setting to change
     */
    public HttpApi start(String host, int port) {
        try {
            server.start(host, port);
        } catch (JavalinBindException refused) {
            throw new UncheckedIOException(whyNot(host, port), new IOException(refused));
        }
        return this;
    }

    private static String whyNot(String host, int port) {
        return isOfThisMachine(host)
                ? "http.port: " + port + " is taken on " + host + ", or not for this process to listen on; set a free"
                        + " one, or 0 for any."
                : "http.host: " + host + " is no address of this machine; set one that is, or 0.0.0.0 for all.";
    }

    /** Tried once more: what the failure says is the operating system's, in the language that is set there. */
    private static boolean isOfThisMachine(String host) {
        try (var anyPort = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return anyPort.isBound();
        } catch (IOException refused) {
            return false;
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.routes.get("/health/live", this::live);
        config.routes.get("/health/ready", this::ready);
        config.routes.get("/metrics", guarded(this::scrape));
        config.routes.get("/v1/subjects/{subject_id}/requests/{request_id}", guarded(this::lookUp));
        config.routes.exception(Exception.class, (failure, context) -> problem(context, 500, "It failed."));
    }

    private io.javalin.http.Handler guarded(io.javalin.http.Handler handler) {
        return context -> {
            if (token == null || token.isIn(context.header("Authorization"))) {
                handler.handle(context);
            } else {
                context.header("WWW-Authenticate", "Bearer");
                problem(context, 401, "Present the token as: Authorization: Bearer <token>");
            }
        };
    }

    private void live(Context context) {
        State state = streams.state();
        boolean dead = state == State.ERROR || state == State.PENDING_ERROR || state == State.NOT_RUNNING;
        write(context, dead ? 503 : 200, Map.of("state", state.name()));
    }

    private void ready(Context context) {
        ReferenceState known = reference.get();
        boolean ready = streams.state() == State.RUNNING;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ready", ready);
        body.put("state", streams.state().name());
        body.put("policy", known.policy() ? "present" : "missing, every request is denied");
        body.put("systems", known.systems());
        write(context, ready ? 200 : 503, body);
    }

    private void scrape(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.get());
    }

    private void lookUp(Context context) {
        String subject = context.pathParam("subject_id");
        String requestId = context.pathParam("request_id");
        DocketQuery.Found found = dockets.find(subject);
        if (found instanceof DocketQuery.Found.Here here) {
            Optional<RequestView> view = RequestView.find(here.docket(), requestId);
            if (view.isPresent()) {
                write(context, 200, view.get());
            } else {
                problem(context, 404, "No request of that id is open or remembered for the subject.");
            }
        } else if (found instanceof DocketQuery.Found.Elsewhere elsewhere) {
            passOn(context, elsewhere.host(), subject, requestId);
        } else if (found instanceof DocketQuery.Found.Unavailable unavailable) {
            problem(context, 503, unavailable.why());
        }
    }

    private void passOn(Context context, HostInfo host, String subject, String requestId) {
        boolean already = context.header(Neighbour.PASSED_ON) != null;
        Optional<Neighbour.Answer> answer = already ? Optional.empty() : neighbour.ask(host, subject, requestId);
        if (answer.isPresent()) {
            context.status(answer.get().status())
                    .contentType(JSON)
                    .result(answer.get().body());
        } else {
            problem(context, 503, "The instance that has the subject does not answer; try again.");
        }
    }

    private void problem(Context context, int status, String why) {
        write(context, status, Map.of("error", why));
    }

    private void write(Context context, int status, Object body) {
        try {
            context.status(status).contentType(JSON).result(json.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer cannot be written: " + impossible.getClass());
        }
    }
}
